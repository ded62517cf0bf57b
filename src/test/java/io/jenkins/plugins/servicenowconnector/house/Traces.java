package io.jenkins.plugins.servicenowconnector.house;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** That nothing under version control holds for one machine only: its paths, or the registry it loads from. */
final class Traces {

    /** The backslashes also keep this file from finding itself. */
    private static final Pattern TRACE = Pattern.compile("(?<![A-Za-z0-9])/(root|work)/"
            + "|[a-z0-9.]*maven\\.org|maven\\.apache\\.org/maven2|registry\\.n[p]mjs|proxy\\.golang|pypi\\.org"
            + "|deb\\.debian|repo\\.jenkins-ci\\.org");

    /** Every plugin's pom names Jenkins' own repository: its parent is nowhere else. */
    private static final Pattern ALLOWED = Pattern.compile("repo\\.jenkins-ci\\.org");

    private Traces() {}

    static List<String> findings(Tree tree) {
        List<String> findings = new ArrayList<>();
        for (String name : tree.versioned()) {
            List<String> lines = tree.text(name).lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                Matcher trace = TRACE.matcher(lines.get(i));
                while (trace.find()) {
                    if (!name.equals("pom.xml")
                            || !ALLOWED.matcher(trace.group()).matches()) {
                        findings.add(name + ": line " + (i + 1) + ": " + trace.group());
                    }
                }
            }
        }
        return findings;
    }
}
