package io.jenkins.plugins.servicenowconnector.house;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * That a form, its help and the class behind it agree: each field has a help text, and whatever can be set has a field.
 *
 * <p>A class takes fields and help from its superclasses, as Jenkins does. Parameters that are maps are left out: no form
 * binds one; their rows are read by the descriptor and belong to its own test. So are lists of such rows, which stand in for
 * a map where a job is written as code.
 */
final class Forms {

    private static final String RESOURCES = "src/main/resources/";
    private static final String SOURCES = "src/main/java/";

    private final Tree tree;
    private final List<String> findings = new ArrayList<>();

    private Forms(Tree tree) {
        this.tree = tree;
    }

    static List<String> findings(Tree tree) {
        Forms forms = new Forms(tree);
        for (String view : tree.files(RESOURCES, ".jelly")) {
            if (view.matches(".*/(config(-[a-z-]+)?|global)\\.jelly")) {
                forms.check(view);
            }
        }
        return forms.findings;
    }

    private void check(String view) {
        String folder = view.substring(RESOURCES.length(), view.lastIndexOf('/'));
        List<String> lineage = lineage(folder);
        for (Element element : elements(view)) {
            String field = element.getAttribute("field");
            boolean isOptional = "optionalProperty".equals(element.getLocalName());
            boolean asksForHelp = "entry".equals(element.getLocalName()) && !element.hasAttribute("help");
            if (isOptional && !element.hasAttribute("help")) {
                // this tag alone looks for no help of its own and takes what the page around it happens to have
                findings.add(view + ": the property " + field + " shows another's help, for it names none");
            }
            if ((asksForHelp || isOptional)
                    && !field.isEmpty()
                    && lineage.stream().noneMatch(each -> tree.has(RESOURCES + each + "/help-" + field + ".html"))) {
                findings.add(view + ": the field " + field + " has no help-" + field + ".html");
            }
        }
        if (view.endsWith("/config.jelly")) {
            Set<String> shown = fields(lineage);
            parameters(lineage).stream()
                    .filter(parameter -> !shown.contains(parameter))
                    .forEach(parameter -> findings.add(view + ": nothing sets the parameter " + parameter));
        }
    }

    /** Every field in any view of these classes: a form may be put together from several. */
    private Set<String> fields(List<String> lineage) {
        Set<String> fields = new TreeSet<>();
        for (String folder : lineage) {
            for (String view : tree.files(RESOURCES + folder, ".jelly")) {
                elements(view).forEach(element -> fields.add(element.getAttribute("field")));
            }
        }
        return fields;
    }

    private Set<String> parameters(List<String> lineage) {
        Set<String> parameters = new TreeSet<>();
        for (String folder : lineage) {
            JavaSource source = source(folder);
            JavaSource.Type type = source == null ? null : source.types().get(typeName(source, folder));
            if (type != null) {
                type.parameters().forEach((name, written) -> {
                    if (!written.matches("(List<)?(\\w+\\.)*Map<.*|List<FieldRow>")) {
                        parameters.add(name);
                    }
                });
            }
        }
        return parameters;
    }

    /** A class' folder and those of its superclasses that are ours. */
    private List<String> lineage(String folder) {
        List<String> lineage = new ArrayList<>();
        for (String next = folder; !next.isEmpty() && !lineage.contains(next); next = parent(next)) {
            lineage.add(next);
        }
        return lineage;
    }

    private String parent(String folder) {
        JavaSource source = source(folder);
        JavaSource.Type type = source == null ? null : source.types().get(typeName(source, folder));
        if (type == null || type.superclass().isEmpty()) {
            return "";
        }
        String name = type.superclass().replace('.', '/');
        String nested = typeName(source, folder).replaceFirst("[^/]*$", "") + name;
        String here = source.packageName().replace('.', '/') + "/";
        if (source.types().containsKey(nested)) {
            return here + nested;
        }
        if (source.types().containsKey(name)) {
            return here + name;
        }
        String outermost = name.replaceFirst("/.*", "");
        return source.imports().stream()
                .filter(imported -> imported.endsWith("." + outermost))
                .findFirst()
                .map(imported -> imported.replace('.', '/') + name.substring(outermost.length()))
                .orElse(here + name);
    }

    /** The file that a class' folder stands for, or the one of the class around it; null if it is not ours. */
    private JavaSource source(String folder) {
        for (String name = folder; name.contains("/"); name = name.substring(0, name.lastIndexOf('/'))) {
            if (tree.has(SOURCES + name + ".java")) {
                return JavaSource.read(tree, SOURCES + name + ".java");
            }
        }
        return null;
    }

    private static String typeName(JavaSource source, String folder) {
        return folder.substring(source.packageName().length() + 1);
    }

    /** The elements of a view; none if it is broken, which {@link Views} says. */
    private Collection<Element> elements(String view) {
        try {
            return Xml.elements(Xml.read(tree.text(view)));
        } catch (SAXException e) {
            return List.of();
        }
    }
}
