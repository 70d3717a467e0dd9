package sotto.bench.house;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.element.Modifier;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** The mechanical half of the house style, as complaints about source files; an empty list is a tidy house. */
final class Manners {
    static final int METHOD_LINES_MAX = 60;
    static final int FILE_LINES_MAX = 500;

    /** Shorter than this, a package's text cannot have said what may not live there. */
    private static final int PACKAGE_TEXT_CHARS_MIN = 40;

    private static final String OUT = "System" + ".out.print";
    /** A test that sleeps hopes; what ships is held by the rule on clocks. */
    private static final String SLEEP = "Thread" + ".sleep(";

    private static final List<String> LEFTOVERS =
            List.of("TO" + "DO", "FIX" + "ME", "XX" + "X", ".printStack" + "Trace()");
    private static final Pattern EMPTY_NAME = Pattern.compile(".*[a-z](Manager|Helper|Utils?|Impl|Data|Info)");
    private static final String RUNTIME = "/libp2p/runtime/";
    private static final String PACKAGE_INFO = "package-info.java";

    private Manners() {}

    /** Everything that is amiss in {@code sources}, one line each, in their order. */
    static List<String> complaints(List<Path> sources) {
        List<String> complaints = new ArrayList<>();
        sources.forEach(source -> checkLines(source, complaints));
        checkTrees(sources, complaints);
        checkPackages(sources, complaints);
        return complaints;
    }

    private static void checkLines(Path source, List<String> complaints) {
        List<String> lines = Checkout.lines(source);
        List<String> leftovers = leftoversIn(source);
        if (lines.size() > FILE_LINES_MAX) {
            complaints.add(source + ": " + lines.size() + " lines, at most " + FILE_LINES_MAX);
        }
        for (int index = 0; index < lines.size(); index++) {
            for (String leftover : leftovers) {
                if (lines.get(index).contains(leftover)) {
                    complaints.add(source + ":" + (index + 1) + ": leftover " + leftover);
                }
            }
        }
    }

    /** Tests and benchmarks report to the person who started them; the product is handed a stream to print on. */
    private static List<String> leftoversIn(Path source) {
        boolean isTest = source.toString().contains("/src/test/");
        boolean mayPrint = isTest || source.toString().contains("/bench/");
        List<String> leftovers = new ArrayList<>(LEFTOVERS);
        if (!mayPrint) {
            leftovers.add(OUT);
        }
        if (isTest) {
            leftovers.add(SLEEP);
        }
        return leftovers;
    }

    private static void checkTrees(Collection<Path> sources, List<String> complaints) {
        var compiler = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            var units = files.getJavaFileObjectsFromPaths(sources);
            var task = (JavacTask) compiler.getTask(null, files, null, List.of("-proc:none"), null, units);
            SourcePositions positions = Trees.instance(task).getSourcePositions();
            for (CompilationUnitTree unit : task.parse()) {
                new Reader(unit, positions, complaints).scan(unit, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Every package of the product tells what lives in it and what may not; a test's package shares that text. */
    private static void checkPackages(List<Path> sources, List<String> complaints) {
        Set<Path> told = sources.stream()
                .filter(source -> source.endsWith(PACKAGE_INFO))
                .map(Path::getParent)
                .collect(Collectors.toSet());
        Set<Path> packages = sources.stream()
                .filter(source -> source.toString().contains("/src/main/java/"))
                .map(Path::getParent)
                .collect(Collectors.toCollection(TreeSet::new));
        for (Path folder : packages) {
            if (!told.contains(folder)) {
                complaints.add(folder + " has no " + PACKAGE_INFO);
            } else if (text(folder.resolve(PACKAGE_INFO)).length() < PACKAGE_TEXT_CHARS_MIN) {
                complaints.add(
                        folder.resolve(PACKAGE_INFO) + " does not say what lives in the package and what may not");
            }
        }
    }

    private static String text(Path packageInfo) {
        String source = String.join(" ", Checkout.lines(packageInfo));
        int from = source.indexOf("/**");
        int to = source.indexOf("*/");
        return from < 0 || to < from ? "" : source.substring(from + 3, to).strip();
    }

    /** Walks one parsed file. */
    private static final class Reader extends TreeScanner<Void, Void> {
        private final CompilationUnitTree unit;
        private final SourcePositions positions;
        private final List<String> complaints;

        Reader(CompilationUnitTree unit, SourcePositions positions, List<String> complaints) {
            this.unit = unit;
            this.positions = positions;
            this.complaints = complaints;
        }

        @Override
        public Void visitClass(ClassTree type, Void unused) {
            if (EMPTY_NAME.matcher(type.getSimpleName()).matches()) {
                complain(type, type.getSimpleName() + " is named for nothing: say what it does");
            }
            return super.visitClass(type, null);
        }

        @Override
        public Void visitMethod(MethodTree method, Void unused) {
            long lines = line(positions.getEndPosition(unit, method)) - line(startOf(method)) + 1;
            if (method.getBody() != null && lines > METHOD_LINES_MAX) {
                complain(method, method.getName() + " has " + lines + " lines, at most " + METHOD_LINES_MAX);
            }
            if (method.getModifiers().getFlags().contains(Modifier.SYNCHRONIZED)) {
                complainAboutLock(method);
            }
            return super.visitMethod(method, null);
        }

        @Override
        public Void visitSynchronized(SynchronizedTree block, Void unused) {
            complainAboutLock(block);
            return super.visitSynchronized(block, null);
        }

        private void complainAboutLock(Tree where) {
            if (!unit.getSourceFile().getName().contains(RUNTIME)) {
                complain(where, "synchronized outside libp2p.runtime");
            }
        }

        private void complain(Tree where, String what) {
            complaints.add(unit.getSourceFile().getName() + ":" + line(startOf(where)) + ": " + what);
        }

        private long startOf(Tree tree) {
            return positions.getStartPosition(unit, tree);
        }

        private long line(long position) {
            return unit.getLineMap().getLineNumber(position);
        }
    }
}
