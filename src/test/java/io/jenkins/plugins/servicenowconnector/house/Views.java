package io.jenkins.plugins.servicenowconnector.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.xml.sax.SAXException;

/** What every view keeps to: well-formed, escaped, and nothing inline that a Content Security Policy forbids. */
final class Views {

    private static final String RESOURCES = "src/main/resources";

    private static final Pattern ESCAPED =
            Pattern.compile("\\A(<\\?xml[^>]*\\?>\\s*)?<\\?jelly escape-by-default=(['\"])true\\2\\s*\\?>");

    /** The ways around escaping. */
    private static final Pattern RAW =
            Pattern.compile("h\\.rawHtml|escapeText\\s*=\\s*['\"]false|<j:out\\b|escape-by-default=['\"]false");

    private Views() {}

    static List<String> findings(Tree tree) {
        List<String> findings = new ArrayList<>();
        for (String name : tree.files(RESOURCES, ".jelly")) {
            String text = tree.text(name);
            if (!ESCAPED.matcher(text).find()) {
                findings.add(name + ": does not begin with <?jelly escape-by-default='true'?>");
            }
            RAW.matcher(text).results().forEach(raw -> findings.add(name + ": unescaped text by " + raw.group()));
            try {
                Xml.elements(Xml.read(text)).forEach(element -> check(name, element, findings));
            } catch (SAXException e) {
                findings.add(name + ": not well-formed, " + e.getMessage());
            }
        }
        for (String name : tree.files(RESOURCES, ".html")) {
            try {
                Xml.read(tree.text(name));
            } catch (SAXException e) {
                findings.add(name + ": not well-formed, " + e.getMessage());
            }
        }
        return findings;
    }

    private static void check(String name, Element element, List<String> findings) {
        String tag = element.getLocalName().toLowerCase(Locale.ROOT);
        boolean plain = element.getNamespaceURI() == null;
        if (plain && (tag.equals("style") || tag.equals("script") && !isHarmless(element))) {
            findings.add(name + ": inline <" + tag + ">");
        }
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String attribute = attributes.item(i).getNodeName().toLowerCase(Locale.ROOT);
            // tags of Jenkins have attributes of their own that begin with "on"; only onclick ends up inline
            if (plain ? attribute.matches("on[a-z]+") : attribute.equals("onclick")) {
                findings.add(name + ": inline " + attribute + " on <" + element.getNodeName() + ">");
            }
        }
        if (element.hasAttribute("checkUrl") && !element.hasAttribute("checkDependsOn")) {
            findings.add(name + ": checkUrl without checkDependsOn on <" + element.getNodeName() + ">");
        }
    }

    /** A script from a file, or values that a script reads. */
    private static boolean isHarmless(Element script) {
        return script.hasAttribute("src") || script.getAttribute("type").equalsIgnoreCase("application/json");
    }
}
