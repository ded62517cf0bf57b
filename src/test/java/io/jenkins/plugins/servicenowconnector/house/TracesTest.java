package io.jenkins.plugins.servicenowconnector.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracesTest {

    @TempDir
    Path folder;

    @Test
    void thisProjectHoldsOnEveryMachine() {
        assertThat(Traces.findings(Tree.ofThisProject())).isEmpty();
    }

    /** Written in two parts, so that this file does not find itself. */
    @ParameterizedTest
    @ValueSource(
            strings = {"cd '/ro,ot/project", "see /wo,rk/notes.md", "https://repo1.mav,en.org/x", "registry.npm,js.org"
            })
    void traceIsCaught(String line) {
        Tree tree = new Tree(folder).with("docs/a.md", "fine", line.replace(",", ""));

        assertThat(Traces.findings(tree)).singleElement().asString().startsWith("docs/a.md: line 2");
    }

    @Test
    void jenkinsRepositoryStandsInThePluginsPomOnly() {
        String repository = "<url>https://repo.jenkins" + "-ci.org/public/</url>";
        Tree tree = new Tree(folder).with("pom.xml", repository).with("src/engine/pom.xml", repository);

        assertThat(Traces.findings(tree)).singleElement().asString().startsWith("src/engine/pom.xml");
    }

    @Test
    void foldersOfAWorkspaceAreNoTrace() {
        Tree tree = new Tree(folder).with("docs/a.md", "agent/work/remoting, the work/ folder, maven.apache.org/POM");

        assertThat(Traces.findings(tree)).isEmpty();
    }

    @Test
    void whatGitIgnoresIsNotLookedAt() throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("git", "init", "-q", folder.toString())
                        .start()
                        .waitFor())
                .isZero();
        Tree tree = new Tree(folder)
                .with(".gitignore", "notes.md")
                .with("notes.md", "/ro" + "ot/a")
                .with("kept.md", "/ro" + "ot/a");

        assertThat(Traces.findings(tree)).singleElement().asString().startsWith("kept.md");
    }
}
