package io.jenkins.plugins.servicenowconnector.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {

    @TempDir
    Path folder;

    @Test
    void thisProjectsSourcesAreInOrder() {
        assertThat(Sources.findings(Tree.ofThisProject())).isEmpty();
    }

    @Test
    void brokenSourceIsCaught() {
        Tree tree = new Tree(folder).with("src/test/java/Broken.java", "class Broken {");

        assertThat(Sources.findings(tree)).singleElement().asString().contains("does not parse, line 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"TicketUtils", "TicketUtil", "QueryHelper", "WaitManager", "ClientImpl", "RunInfo", "FormData"})
    void nameThatSaysNothingIsCaught(String name) {
        Tree tree = new Tree(folder).with("src/test/java/" + name + ".java", "class " + name + " {}");

        assertThat(Sources.findings(tree)).singleElement().asString().contains(name);
    }

    @Test
    void packageInfoIsNoEmptyName() {
        Tree tree = new Tree(folder).with("src/main/java/a/package-info.java", "package a;");

        assertThat(Sources.findings(tree)).isEmpty();
    }

    @Test
    void longFileIsCaught() {
        Tree tree = new Tree(folder).with("src/main/java/Long.java", "class Long {", "\n".repeat(400), "}");

        assertThat(Sources.findings(tree)).singleElement().asString().contains("more than 400");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Thread.sleep(1)", "e.printStackTrace()", "System.out.println()", "System.err.println()"})
    void smellIsCaught(String statement) {
        Tree tree = new Tree(folder).with("src/main/java/A.java", "class A {", " void a() { " + statement + "; }", "}");

        assertThat(Sources.findings(tree)).singleElement().asString().contains("A.java: line 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TODO", "FIXME"})
    void unfinishedWorkIsCaughtInViewsToo(String mark) {
        Tree tree = new Tree(folder).with("src/main/resources/a/config.jelly", "<!-- " + mark + " -->");

        assertThat(Sources.findings(tree)).singleElement().asString().contains(mark);
    }
}
