package sotto.bench.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardLocation;
import javax.tools.ToolProvider;

/** Compiles sources that break a rule on purpose, so that a test can show that the rule bites. */
final class Planted {
    private static final Pattern NAME = Pattern.compile("package ([\\w.]+);.*?(?:class|interface|record) (\\w+)");

    private Planted() {}

    /** The classes of {@code sources}, each a whole compilation unit, compiled into {@code folder}. */
    static JavaClasses classes(Path folder, String... sources) throws IOException {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (var files = compiler.getStandardFileManager(null, null, null)) {
            files.setLocationFromPaths(StandardLocation.CLASS_OUTPUT, List.of(folder));
            var problems = new StringWriter();
            List<String> options = List.of("--release", "17", "-proc:none");
            var units = Arrays.stream(sources).map(Planted::unit).toList();
            if (!compiler.getTask(problems, files, null, options, null, units).call()) {
                throw new IllegalArgumentException("planted source does not compile: " + problems);
            }
        }
        return new ClassFileImporter().importPath(folder);
    }

    private static JavaFileObject unit(String source) {
        Matcher name = NAME.matcher(source);
        if (!name.find()) {
            throw new IllegalArgumentException("no package and type in: " + source);
        }
        URI place = URI.create("planted:///" + name.group(1).replace('.', '/') + "/" + name.group(2) + ".java");
        return new SimpleJavaFileObject(place, JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return source;
            }
        };
    }
}
