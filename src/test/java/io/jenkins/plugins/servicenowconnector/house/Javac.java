package io.jenkins.plugins.servicenowconnector.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles files of a tree into its folder {@code out}, with nothing but the JDK on the class path. */
final class Javac {

    private Javac() {}

    /** The compiler's errors; empty if everything compiled. */
    static List<String> errors(Tree tree, List<String> options, List<String> names) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        Path out = tree.path("out");
        try (StandardJavaFileManager files = compiler.getStandardFileManager(said, Locale.ENGLISH, null)) {
            Files.createDirectories(out);
            List<String> all =
                    new ArrayList<>(List.of("-proc:none", "-d", out.toString(), "-classpath", out.toString()));
            all.addAll(options);
            Path[] paths = names.stream().map(tree::path).toArray(Path[]::new);
            compiler.getTask(null, files, said, all, null, files.getJavaFileObjects(paths))
                    .call();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return said.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .map(diagnostic -> diagnostic.getMessage(Locale.ENGLISH))
                .toList();
    }
}
