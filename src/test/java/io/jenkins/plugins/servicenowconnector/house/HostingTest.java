package io.jenkins.plugins.servicenowconnector.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each wrong tree here is this project's own with one thing spoilt. */
class HostingTest {

    private static final List<String> LOOKED_AT = List.of(
            "README.md",
            "LICENSE.md",
            "Jenkinsfile",
            "pom.xml",
            ".gitignore",
            ".mvn/extensions.xml",
            ".mvn/maven.config",
            ".github/CODEOWNERS",
            ".github/renovate.json",
            ".github/workflows/cd.yaml",
            ".github/workflows/jenkins-security-scan.yml",
            "src/main/resources/index.jelly");

    @TempDir
    Path folder;

    private Tree tree;

    @BeforeEach
    void copyThisProject() {
        tree = new Tree(folder);
        LOOKED_AT.forEach(name -> tree.with(name, Tree.ofThisProject().text(name)));
    }

    @Test
    void thisProjectCanBeHosted() {
        assertThat(Hosting.findings(Tree.ofThisProject())).isEmpty();
    }

    @Test
    void copyIsAsGood() {
        assertThat(Hosting.findings(tree)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "README.md",
                "LICENSE.md",
                ".mvn/extensions.xml",
                ".mvn/maven.config",
                ".github/CODEOWNERS",
                ".github/renovate.json",
                ".github/workflows/cd.yaml",
                ".github/workflows/jenkins-security-scan.yml",
                "src/main/resources/index.jelly"
            })
    void missingFileIsCaught(String name) throws IOException {
        Files.delete(tree.path(name));

        assertThat(Hosting.findings(tree)).singleElement().asString().startsWith(name + ":");
    }

    @Test
    void releaseDrafterIsCaught() {
        tree.with(".github/release-drafter.yml", "");

        assertThat(Hosting.findings(tree)).singleElement().asString().contains("must not exist");
    }

    @ParameterizedTest
    @ValueSource(strings = {"target/classes/A.class", "work/config.xml"})
    void keptBuildIsCaught(String name) {
        assertThat(Hosting.madeByBuild(List.of(name, "src/work/A.java")))
                .singleElement()
                .asString()
                .startsWith(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Jenkinsfile | buildPlugin( | node { } buildPlugin( | one call of buildPlugin",
                "Jenkinsfile | jdk: 21 | jdk: 17 | jdk 17",
                "Jenkinsfile | configurations: | setups: | names no configurations",
                ".github/CODEOWNERS | connector-plugin | plugin | has no line",
                ".gitignore | target | out | has no line target",
                ".gitignore | work | out | has no line work",
                ".mvn/maven.config | %d.v%s | %d | has no line",
                "pom.xml | >servicenow-connector< | >jenkins-servicenow< | /project/artifactId",
                "pom.xml | <name>ServiceNow | <name>Jenkins ServiceNow | /project/name",
                "pom.xml | <groupId>io.jenkins.plugins< | <groupId>org.acme< | /project/groupId",
                "pom.xml | >${changelist}< | >1.0-SNAPSHOT< | /project/version",
                "pom.xml | <tag>${scmTag}</tag> | <!-- --> | /project/scm/tag",
                "pom.xml | <hpi.strictBundledArtifacts>true | <hpi.strictBundledArtifacts>false | strictBundledArtifacts",
                "pom.xml | <ban-junit4-imports.skip>false | <ban-junit4-imports.skip>true | ban-junit4-imports",
                "pom.xml | bom-${jenkins.baseline}.x | bom-2.479.x | dependencyManagement",
                "pom.xml | <properties> | <developers/><properties> | developers",
                "pom.xml | <properties> | <properties><java.level>17</java.level> | level",
                "pom.xml | <url>https://repo | <url>http://repo | without https",
                "pom.xml | >commons-jexl3< | >commons-lang3< | commons-lang3 comes from"
            })
    void spoiltFileIsCaught(String name, String good, String bad, String finding) {
        String text = tree.text(name);
        assertThat(text).contains(good);

        tree.with(name, text.replace(good, bad));

        assertThat(Hosting.findings(tree)).anyMatch(found -> found.startsWith(name + ":") && found.contains(finding));
    }
}
