package io.jenkins.plugins.servicenowconnector.house;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What Jenkins' hosting bot looks for in a repository, as far as files alone can show it. Its source: the package {@code
 * hosting} of jenkins-infra/repository-permissions-updater. What it says of views is in {@link Views}.
 */
final class Hosting {

    private static final String POM = "pom.xml";

    private static final Pattern JDK = Pattern.compile("\\bjdk:\\s*([^,\\]\\s]+)");

    private static final Map<String, String> PROPERTIES = Map.of(
            "changelist", "999999-SNAPSHOT",
            "hpi.strictBundledArtifacts", "true",
            "ban-commons-lang-2.skip", "false",
            "ban-deprecated-stapler.skip", "false",
            "ban-junit4-imports.skip", "false",
            "banObsoleteDependencyOverrides.skip", "false");

    /** Libraries that come from a plugin of their own and must not be brought along. */
    private static final Pattern BANNED = Pattern.compile("commons-(lang3?|text|compress|math3)|json|json-path|gson"
            + "|jackson-(core|databind)|snakeyaml|jaxb-impl|jsoup|joda-time|asm|byte-buddy|caffeine|jsch|bc.*-jdk18on"
            + "|httpclient5?|okhttp|(jakarta|javax)\\.(activation|mail)(-api)?");

    private final Tree tree;
    private final List<String> findings = new ArrayList<>();

    private Hosting(Tree tree) {
        this.tree = tree;
    }

    static List<String> findings(Tree tree) {
        Hosting hosting = new Hosting(tree);
        hosting.checkFiles();
        hosting.checkJenkinsfile();
        hosting.checkPom();
        return hosting.findings;
    }

    private void checkFiles() {
        for (String file : List.of(
                "README.md",
                "LICENSE.md",
                ".mvn/extensions.xml",
                ".github/renovate.json",
                ".github/workflows/cd.yaml",
                ".github/workflows/jenkins-security-scan.yml",
                "src/main/resources/index.jelly")) {
            if (!tree.has(file)) {
                findings.add(file + ": is missing");
            }
        }
        // releases come with every merge, so nobody drafts one
        for (String file : List.of(
                ".github/release-drafter.yml",
                ".github/release-drafter.yaml",
                ".github/workflows/release-drafter.yml",
                ".github/workflows/release-drafter.yaml")) {
            if (tree.has(file)) {
                findings.add(file + ": must not exist");
            }
        }
        needLine(".github/CODEOWNERS", "* @jenkinsci/servicenow-connector-plugin-developers");
        needLine(".gitignore", "target");
        needLine(".gitignore", "work");
        needLine(".mvn/maven.config", "-Dchangelist.format=%d.v%s");
        findings.addAll(madeByBuild(tree.versioned()));
    }

    /** What of these files under version control a build made. */
    static List<String> madeByBuild(List<String> versioned) {
        return versioned.stream()
                .filter(name -> name.matches("(target|work)/.*"))
                .map(name -> name + ": is made by a build and must not be kept")
                .toList();
    }

    private void needLine(String file, String line) {
        if (!tree.has(file) || tree.text(file).lines().noneMatch(line::equals)) {
            findings.add(file + ": has no line " + line);
        }
    }

    private void checkJenkinsfile() {
        String text = tree.has("Jenkinsfile") ? tree.text("Jenkinsfile") : "";
        String code =
                text.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("//.*", "").strip();
        if (!code.startsWith("buildPlugin(") || code.indexOf(')') != code.length() - 1) {
            findings.add("Jenkinsfile: must be one call of buildPlugin");
        }
        List<String> jdks =
                JDK.matcher(code).results().map(found -> found.group(1)).toList();
        if (!code.contains("configurations:") || !code.contains("platform:") || jdks.isEmpty()) {
            findings.add("Jenkinsfile: names no configurations with platform and jdk");
        }
        jdks.stream()
                .filter(jdk -> !jdk.matches("21|25"))
                .forEach(jdk -> findings.add("Jenkinsfile: jdk " + jdk + " is neither 21 nor 25"));
    }

    private void checkPom() {
        String pom = tree.has(POM) ? tree.text(POM) : "<project/>";
        need(pom, "/project/parent/groupId", "org\\.jenkins-ci\\.plugins");
        need(pom, "/project/groupId", "io\\.jenkins\\.plugins");
        need(pom, "/project/artifactId", "(?!.*jenkins)[a-z0-9-]{1,36}");
        need(pom, "/project/name", "(?i)(?!.*jenkins).+");
        need(pom, "/project/version", "\\$\\{changelist}");
        need(pom, "/project/url", "https://github\\.com/jenkinsci/\\$\\{project\\.artifactId}-plugin");
        need(pom, "/project/licenses/license/name", ".+");
        for (String part : List.of("connection", "developerConnection", "tag", "url")) {
            need(pom, "/project/scm/" + part, ".+");
        }
        PROPERTIES.forEach((name, value) -> need(pom, "/project/properties/" + name, Pattern.quote(value)));
        need(pom, "/project/properties/jenkins.version", "\\$\\{jenkins\\.baseline}\\.\\d+");
        need(pom, "//dependencyManagement//artifactId", "bom-\\$\\{jenkins\\.baseline}\\.x");
        refuse(pom, "/project/developers", "developers are kept elsewhere");
        refuse(
                pom,
                "/project/properties/*[starts-with(name(), 'maven.compiler.') or name() = 'java.level']",
                "Java's level is the parent's");
        refuse(
                pom,
                "//repository/url[starts-with(., 'http:')] | //pluginRepository/url[starts-with(., 'http:')]",
                "a repository without https");
        Xml.texts(pom, "/project/dependencies/dependency[not(scope)]/artifactId").stream()
                .filter(library ->
                        BANNED.matcher(library.toLowerCase(Locale.ROOT)).matches())
                .forEach(library -> findings.add(POM + ": " + library + " comes from a plugin of its own"));
    }

    private void need(String pom, String path, String pattern) {
        if (Xml.texts(pom, path).stream().noneMatch(text -> text.matches(pattern))) {
            findings.add(POM + ": " + path + " must be there and match " + pattern);
        }
    }

    private void refuse(String pom, String path, String why) {
        if (!Xml.texts(pom, path).isEmpty()) {
            findings.add(POM + ": " + why);
        }
    }
}
