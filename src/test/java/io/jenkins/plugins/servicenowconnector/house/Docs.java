package io.jenkins.plugins.servicenowconnector.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** That the README and the pages below {@code docs} lead somewhere: links, anchors, commands. */
final class Docs {

    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)[^)]*\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} +(.*?) *#*");
    private static final Pattern ANCHOR = Pattern.compile("<a (?:name|id)=\"([^\"]+)\"");
    private static final Pattern COMMAND = Pattern.compile("^\\s*(?:\\$ )?(bin/[\\w./-]+)");

    private Docs() {}

    static List<String> findings(Tree tree) {
        List<String> pages = new ArrayList<>(tree.files("docs", ".md"));
        if (tree.has("README.md")) {
            pages.add("README.md");
        }
        List<String> findings = new ArrayList<>();
        for (String page : pages) {
            Page read = Page.read(tree, page);
            for (String command : read.commands) {
                if (!tree.has(command)) {
                    findings.add(page + ": the command " + command + " does not exist");
                }
            }
            for (String link : read.links) {
                check(tree, page, link, findings);
            }
        }
        return findings;
    }

    private static void check(Tree tree, String page, String link, List<String> findings) {
        String file = link.replaceFirst("#.*", "");
        String target = file.isEmpty()
                ? page
                : tree.root()
                        .relativize(tree.path(page).resolveSibling(file).normalize())
                        .toString()
                        .replace('\\', '/');
        if (!tree.has(target)) {
            findings.add(page + ": the link " + link + " leads nowhere");
        } else if (link.contains("#") && target.endsWith(".md")) {
            String anchor = link.substring(link.indexOf('#') + 1);
            if (!Page.read(tree, target).anchors.contains(anchor)) {
                findings.add(page + ": the link " + link + " names no heading there");
            }
        }
    }

    /** What a page leads to and what can be led to in it. */
    private static final class Page {

        private final List<String> links = new ArrayList<>();
        private final Set<String> anchors = new TreeSet<>();
        private final List<String> commands = new ArrayList<>();

        static Page read(Tree tree, String name) {
            Page page = new Page();
            boolean sample = false;
            for (String line : tree.text(name).lines().toList()) {
                if (line.strip().startsWith("```")) {
                    sample = !sample;
                } else if (sample) {
                    all(COMMAND, line, page.commands);
                } else {
                    page.addText(line);
                }
            }
            return page;
        }

        private void addText(String line) {
            Matcher heading = HEADING.matcher(line);
            if (heading.matches()) {
                addHeading(heading.group(1));
            }
            List<String> found = new ArrayList<>();
            all(LINK, line.replaceAll("`[^`]*`", ""), found);
            found.stream().filter(link -> !link.matches("[a-z]+:.*")).forEach(links::add);
            List<String> named = new ArrayList<>();
            all(ANCHOR, line, named);
            anchors.addAll(named);
        }

        /** As GitHub names it: lower case, only letters, digits, hyphens; a number when it comes again. */
        private void addHeading(String heading) {
            String name = heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                    .toLowerCase(Locale.ROOT)
                    .replaceAll("[^\\p{L}\\p{N} _-]", "")
                    .replace(' ', '-');
            String free = name;
            for (int i = 1; !anchors.add(free); i++) {
                free = name + "-" + i;
            }
        }

        private static void all(Pattern pattern, String line, List<String> found) {
            pattern.matcher(line).results().forEach(match -> found.add(match.group(1)));
        }
    }
}
