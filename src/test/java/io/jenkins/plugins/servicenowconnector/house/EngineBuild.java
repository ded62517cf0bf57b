package io.jenkins.plugins.servicenowconnector.house;

import java.util.ArrayList;
import java.util.List;

/** The engine's own build: that it stays without Jenkins, and that its pom keeps javac from the sources upstairs. */
final class EngineBuild {

    private static final String POM = "src/engine/pom.xml";

    private EngineBuild() {}

    /** What the engine's pom tells the compiler, warnings left out. */
    static List<String> compilerArguments(Tree tree) {
        return Xml.texts(tree.text(POM), "//compilerArgs/arg").stream()
                .filter(argument -> !argument.startsWith("-X"))
                .map(argument -> argument.replace(
                        "${project.build.directory}",
                        tree.path("src/engine/target").toString()))
                .toList();
    }

    static List<String> findings(Tree tree) {
        List<String> findings = new ArrayList<>();
        String pom = tree.text(POM);
        Xml.texts(pom, "//dependency/groupId").stream()
                .filter(group -> group.matches("(org\\.jenkins-ci|org\\.jenkinsci|io\\.jenkins|org\\.kohsuke)(\\..*)?"))
                .forEach(group -> findings.add(POM + ": depends on Jenkins (" + group + ")"));
        if (!Xml.texts(pom, "//repository | //pluginRepository").isEmpty()) {
            findings.add(POM + ": needs a repository besides Maven Central");
        }
        // Maven 3.8 would take ancient plugins, and one of those finds no tests and is content
        Xml.texts(pom, "//plugin[not(version)]/artifactId")
                .forEach(plugin -> findings.add(POM + ": " + plugin + " has no version"));
        if (tree.files("src/engine/.mvn", "").isEmpty()) {
            findings.add("src/engine/.mvn: is empty, so the plugin's Maven extensions would be loaded");
        }
        return findings;
    }
}
