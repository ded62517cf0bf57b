package io.jenkins.plugins.servicenowconnector.house;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ImportTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.beans.Introspector;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * A Java file as the compiler parses it, without resolving any name: so it can be read where Jenkins cannot be had.
 *
 * @param name the file's name in its tree
 * @param problems why it does not parse; empty if it does
 * @param packageName its package; empty if it names none
 * @param imports the names it imports, static ones too, {@code *} included
 * @param uses every dotted name in it, imports included, such as {@code a.b.C} or {@code Messages.Some_text}
 * @param types the classes in it, nested ones as {@code Outer/Inner}, as the folders of their views are named
 * @param sentences what it can say to people, see {@link Sentences}
 */
record JavaSource(
        String name,
        List<String> problems,
        String packageName,
        Set<String> imports,
        Set<String> uses,
        Map<String, Type> types,
        Set<String> sentences) {

    /**
     * A class in a source file.
     *
     * @param superclass the name after {@code extends} without type arguments; empty if there is none
     * @param parameters what a form or a step's arguments set, by name, with the type as it is written
     */
    record Type(String superclass, Map<String, String> parameters) {}

    /** Reads every Java file below a folder. */
    static List<JavaSource> below(Tree tree, String folder) {
        return read(tree, tree.files(folder, ".java"));
    }

    static JavaSource read(Tree tree, String name) {
        return read(tree, List.of(name)).get(0);
    }

    /** One compiler for all: to set one up takes longer than to parse with it. */
    private static List<JavaSource> read(Tree tree, List<String> names) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        List<JavaSource> sources = new ArrayList<>();
        if (names.isEmpty()) {
            return sources;
        }
        try (StandardJavaFileManager files = compiler.getStandardFileManager(said, Locale.ENGLISH, null)) {
            Path[] paths = names.stream().map(tree::path).toArray(Path[]::new);
            JavacTask task = (JavacTask)
                    compiler.getTask(null, files, said, List.of("-proc:none"), null, files.getJavaFileObjects(paths));
            for (CompilationUnitTree unit : task.parse()) {
                Reader reader = new Reader();
                reader.scan(unit, null);
                sources.add(new JavaSource(
                        names.get(sources.size()),
                        problems(said, unit.getSourceFile()),
                        reader.packageName,
                        reader.imports,
                        reader.uses,
                        reader.types,
                        Sentences.in(unit)));
            }
            return sources;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> problems(DiagnosticCollector<JavaFileObject> said, JavaFileObject file) {
        return said.getDiagnostics().stream()
                .filter(diagnostic -> diagnostic.getKind() == Diagnostic.Kind.ERROR)
                .filter(diagnostic -> file.equals(diagnostic.getSource()))
                .map(diagnostic -> "line " + diagnostic.getLineNumber() + ": " + diagnostic.getMessage(null))
                .toList();
    }

    private static final class Reader extends TreeScanner<Void, Void> {

        private final Set<String> imports = new TreeSet<>();
        private final Set<String> uses = new TreeSet<>();
        private final Map<String, Type> types = new TreeMap<>();
        private final Deque<String> open = new ArrayDeque<>();
        private String packageName = "";

        @Override
        public Void visitCompilationUnit(CompilationUnitTree unit, Void nothing) {
            if (unit.getPackageName() != null) {
                packageName = unit.getPackageName().toString();
            }
            scan(unit.getImports(), nothing);
            return scan(unit.getTypeDecls(), nothing);
        }

        @Override
        public Void visitImport(ImportTree tree, Void nothing) {
            imports.add(tree.getQualifiedIdentifier().toString());
            return super.visitImport(tree, nothing);
        }

        @Override
        public Void visitMemberSelect(MemberSelectTree tree, Void nothing) {
            String name = tree.toString();
            if (name.matches("[\\w$]+(\\.[\\w$*]+)+")) {
                uses.add(name);
                return null;
            }
            return super.visitMemberSelect(tree, nothing);
        }

        @Override
        public Void visitClass(ClassTree tree, Void nothing) {
            open.addLast(tree.getSimpleName().toString());
            String extended = tree.getExtendsClause() == null
                    ? ""
                    : tree.getExtendsClause().toString().replaceAll("<.*", "");
            types.put(String.join("/", open), new Type(extended, parameters(tree)));
            super.visitClass(tree, nothing);
            open.removeLast();
            return null;
        }

        private static Map<String, String> parameters(ClassTree type) {
            Map<String, String> parameters = new TreeMap<>();
            for (com.sun.source.tree.Tree member : type.getMembers()) {
                if (member instanceof VariableTree field && has(field.getModifiers(), "DataBoundSetter")) {
                    parameters.put(field.getName().toString(), field.getType().toString());
                } else if (member instanceof MethodTree method) {
                    add(parameters, method);
                }
            }
            return parameters;
        }

        private static void add(Map<String, String> parameters, MethodTree method) {
            List<? extends VariableTree> taken = method.getParameters();
            if (has(method.getModifiers(), "DataBoundConstructor")) {
                for (VariableTree parameter : taken) {
                    parameters.put(
                            parameter.getName().toString(), parameter.getType().toString());
                }
            } else if (has(method.getModifiers(), "DataBoundSetter") && taken.size() == 1) {
                String property = method.getName().toString().replaceFirst("^set", "");
                parameters.put(
                        Introspector.decapitalize(property),
                        taken.get(0).getType().toString());
            }
        }

        private static boolean has(ModifiersTree modifiers, String annotation) {
            List<String> names = new ArrayList<>();
            for (AnnotationTree present : modifiers.getAnnotations()) {
                names.add(present.getAnnotationType().toString().replaceFirst(".*\\.", ""));
            }
            return names.contains(annotation);
        }
    }
}
