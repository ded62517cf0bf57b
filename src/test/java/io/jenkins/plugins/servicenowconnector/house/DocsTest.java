package io.jenkins.plugins.servicenowconnector.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocsTest {

    @TempDir
    Path folder;

    @Test
    void thisProjectsPagesLeadSomewhere() {
        assertThat(Docs.findings(Tree.ofThisProject())).isEmpty();
    }

    @Test
    void goodLinksPass() {
        Tree tree = readme(
                        "# What it is",
                        "[here](#what-it-is), [there](docs/a.md#way-2-the-end-1), [web](https://example.org), `[x](y)`",
                        "```",
                        "[not](a-link)",
                        "bin/test --long",
                        "```")
                .with("docs/a.md", "## Way 2: the `end`", "## Way 2: the end", "[back](../README.md)")
                .with("bin/test");

        assertThat(Docs.findings(tree)).isEmpty();
    }

    @Test
    void linkToNowhereIsCaught() {
        assertThat(Docs.findings(readme("[there](docs/a.md)")))
                .singleElement()
                .asString()
                .contains("docs/a.md leads nowhere");
    }

    @ParameterizedTest
    @ValueSource(strings = {"#nothing", "docs/a.md#nothing"})
    void linkToNoHeadingIsCaught(String link) {
        Tree tree = readme("# What it is", "[there](" + link + ")").with("docs/a.md", "# Way");

        assertThat(Docs.findings(tree)).singleElement().asString().contains("names no heading");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bin/tset --long", "$ bin/tset"})
    void commandThatDoesNotExistIsCaught(String command) {
        assertThat(Docs.findings(readme("```bash", command, "```")))
                .singleElement()
                .asString()
                .contains("bin/tset does not exist");
    }

    private Tree readme(String... lines) {
        return new Tree(folder).with("README.md", lines);
    }
}
