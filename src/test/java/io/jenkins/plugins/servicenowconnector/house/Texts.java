package io.jenkins.plugins.servicenowconnector.house;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** That code, views and their texts agree: no text is missing, none is left over. */
final class Texts {

    private static final String RESOURCES = "src/main/resources/";

    /** {@code ${%key}} or {@code ${%key(value)}}. */
    private static final Pattern IN_VIEW = Pattern.compile("\\$\\{%([^(}]+)");

    private Texts() {}

    static List<String> findings(Tree tree) {
        List<String> findings = new ArrayList<>();
        ofCode(tree, findings);
        ofViews(tree, findings);
        return findings;
    }

    private static void ofCode(Tree tree, List<String> findings) {
        TreeMap<String, Set<String>> used = new TreeMap<>();
        for (JavaSource source : JavaSource.below(tree, "src/main/java")) {
            String messages = messagesOf(source);
            for (String use : source.uses()) {
                if (use.startsWith("Messages.")) {
                    // the generated class has each text twice, the second time not yet in a language
                    used.computeIfAbsent(messages, each -> new TreeSet<>())
                            .add(use.substring("Messages.".length()).replaceFirst("^_", ""));
                }
            }
        }
        for (String file : tree.files(RESOURCES, "/Messages.properties")) {
            Set<String> here = used.getOrDefault(file, Set.of());
            Set<String> there = new TreeSet<>();
            for (String key : keys(tree, file)) {
                String name = key.replaceAll("\\W", "_");
                there.add(name);
                if (!here.contains(name)) {
                    findings.add(file + ": nothing uses " + key);
                }
            }
            here.stream()
                    .filter(name -> !there.contains(name))
                    .forEach(name -> findings.add(file + ": has no text for Messages." + name));
            used.remove(file);
        }
        used.forEach((file, names) -> {
            if (file.startsWith(RESOURCES + Tree.FOLDER)) {
                findings.add(file + ": is missing, and wanted for " + names);
            }
        });
    }

    /** The file with the texts that {@code Messages} stands for in a source. */
    private static String messagesOf(JavaSource source) {
        String type = source.imports().stream()
                .filter(imported -> imported.endsWith(".Messages"))
                .findFirst()
                .orElse(source.packageName() + ".Messages");
        return RESOURCES + type.replace('.', '/') + ".properties";
    }

    /** A view without a file of texts is its own text: there the key is what is shown. */
    private static void ofViews(Tree tree, List<String> findings) {
        for (String view : tree.files(RESOURCES, ".jelly")) {
            String file = view.replaceFirst("\\.jelly$", ".properties");
            if (!tree.has(file)) {
                continue;
            }
            Set<String> there = keys(tree, file);
            Set<String> used = new TreeSet<>();
            IN_VIEW.matcher(tree.text(view))
                    .results()
                    .map(MatchResult::group)
                    .forEach(found -> used.add(found.substring(3)));
            used.stream()
                    .filter(key -> !there.contains(key))
                    .forEach(key -> findings.add(file + ": has no text for ${%" + key + "}"));
            there.stream()
                    .filter(key -> !used.contains(key))
                    .forEach(key -> findings.add(file + ": nothing uses " + key));
        }
    }

    private static Set<String> keys(Tree tree, String file) {
        try {
            Properties texts = new Properties();
            texts.load(new StringReader(tree.text(file)));
            return new TreeSet<>(texts.stringPropertyNames());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
