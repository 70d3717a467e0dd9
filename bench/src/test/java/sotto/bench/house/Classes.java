package sotto.bench.house;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The compiled classes of the modules, without their tests; read once for all tests of this package. */
final class Classes {
    static final JavaClasses SHIPPED_AND_BENCH = compiled(Checkout.modules());
    static final JavaClasses SHIPPED = compiled(Checkout.modules().stream()
            .filter(module -> !module.equals("bench"))
            .toList());

    private Classes() {}

    private static JavaClasses compiled(List<String> modules) {
        List<Path> folders = modules.stream()
                .map(module -> Checkout.ROOT.resolve(module).resolve("target/classes"))
                .peek(Classes::requireBuilt)
                .toList();
        return new ClassFileImporter().importPaths(folders);
    }

    private static void requireBuilt(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new IllegalStateException(folder + " is not there: run the whole build, not this module alone");
        }
    }
}
