package io.jenkins.plugins.servicenowconnector.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What every source file keeps to. */
final class Sources {

    private static final int LONGEST = 400;

    /** Names that say nothing about what a class is for. */
    private static final Pattern EMPTY_NAME = Pattern.compile(".*(Utils?|Helper|Manager|Impl|Info|Data)\\.java");

    private static final Pattern SMELL =
            Pattern.compile("Thread\\.sleep|printStackTrace|System\\.out|System\\.err|\\bTODO\\b|\\bFIXME\\b");

    private Sources() {}

    static List<String> findings(Tree tree) {
        List<String> findings = new ArrayList<>();
        for (JavaSource source : JavaSource.below(tree, "src")) {
            source.problems().forEach(problem -> findings.add(source.name() + ": does not parse, " + problem));
            if (EMPTY_NAME.matcher(source.name()).matches()) {
                findings.add(source.name() + ": the name does not say what the class is for");
            }
        }
        for (String name : tree.files("src/main", "")) {
            List<String> lines = tree.text(name).lines().toList();
            if (name.endsWith(".java") && lines.size() > LONGEST) {
                findings.add(name + ": " + lines.size() + " lines, more than " + LONGEST);
            }
            for (int i = 0; i < lines.size(); i++) {
                Matcher smell = SMELL.matcher(lines.get(i));
                if (smell.find()) {
                    findings.add(name + ": line " + (i + 1) + ": " + smell.group());
                }
            }
        }
        return findings;
    }
}
