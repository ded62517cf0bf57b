package io.jenkins.plugins.servicenowconnector.house;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * That the page for troubles has everything that the test of a connection, the check on save, the one in the background
 * and the rules of connectors can say. A message counts as there if each clause of it is, whatever stands between them.
 */
final class Troubleshooting {

    static final String PAGE = "docs/troubleshooting.md";

    private static final String CODE = "src/main/java/" + Tree.FOLDER + "/";
    private static final String VIEWS = "src/main/resources/" + Tree.FOLDER + "/connector";

    /** Sources, or folders of them, whose messages a check or a rule can give. */
    private static final List<String> SPEAKERS = List.of(
            CODE + "engine/http/",
            CODE + "engine/auth/",
            CODE + "engine/rest/check/",
            CODE + "engine/rest/ErrorAnswers.java",
            CODE + "engine/rest/PageAnswers.java",
            CODE + "engine/rest/Refusals.java",
            CODE + "engine/rest/Reply.java",
            CODE + "engine/rest/InstanceUrl.java",
            CODE + "engine/rest/Syntax.java",
            CODE + "engine/rest/DurationText.java",
            CODE + "agent/",
            CODE + "connector/");

    /** What shows how a check came out. */
    private static final Pattern SPEAKING_VIEW = Pattern.compile(".*/(check|marks|message)\\.jelly");

    private static final Pattern IN_VIEW = Pattern.compile("\\$\\{%([^(}]* [^(}]*)}");

    private static final Pattern BETWEEN_CLAUSES = Pattern.compile(Sentences.GAP + "|[.:;](?=\\s|$)|[()]");

    private Troubleshooting() {}

    static List<String> findings(Tree tree) {
        List<String> findings = new ArrayList<>();
        String page = plain(tree.has(PAGE) ? tree.text(PAGE) : "");
        ofSources(tree, page, findings);
        for (String name : tree.files(VIEWS, "/Messages.properties")) {
            compare(page, name, ofMessages(tree.text(name)), findings);
        }
        for (String name : tree.files(VIEWS, ".jelly")) {
            if (SPEAKING_VIEW.matcher(name).matches()) {
                compare(page, name, ofView(tree.text(name)), findings);
            }
        }
        return findings;
    }

    private static void ofSources(Tree tree, String page, List<String> findings) {
        List<JavaSource> sources = JavaSource.below(tree, "src/main/java");
        for (String place : SPEAKERS) {
            List<JavaSource> speakers = sources.stream()
                    .filter(source -> source.name().startsWith(place))
                    .toList();
            if (speakers.isEmpty()) {
                findings.add(place + ": is no longer there, so its messages are looked for in vain");
            }
            speakers.forEach(source -> compare(page, source.name(), source.sentences(), findings));
        }
    }

    private static void compare(String page, String name, Iterable<String> sentences, List<String> findings) {
        for (String sentence : sentences) {
            for (String clause : clauses(sentence)) {
                if (!page.contains(plain(clause))) {
                    findings.add(PAGE + ": has no \"" + clause + "\", which " + name + " says");
                }
            }
        }
    }

    /** Without what only divides: quotes, commas and blanks at the ends. */
    private static Set<String> clauses(String sentence) {
        Set<String> clauses = new LinkedHashSet<>();
        for (String part : BETWEEN_CLAUSES.split(sentence)) {
            String clause = part.replaceAll("^[^\\p{L}\\p{N}]+|[^\\p{L}\\p{N}]+$", "");
            if (clause.matches("(?s).*\\p{L}.*")) {
                clauses.add(clause);
            }
        }
        return clauses;
    }

    /** Names of things are no sentences: these end with a full stop, or with what is put in. */
    private static List<String> ofMessages(String file) {
        try {
            Properties texts = new Properties();
            texts.load(new StringReader(file));
            return texts.stringPropertyNames().stream()
                    .sorted()
                    .map(texts::getProperty)
                    .filter(text -> text.matches("(?s).*[.}]"))
                    .map(text -> text.replaceAll("\\{\\d}", Sentences.GAP).replace("''", "'"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> ofView(String view) {
        List<String> shown = new ArrayList<>();
        IN_VIEW.matcher(view).results().forEach(text -> shown.add(text.group(1)));
        return shown;
    }

    /** As it reads, whatever it is set in. */
    private static String plain(String text) {
        return text.replaceAll("[`*]", "").replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
