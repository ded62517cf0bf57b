package io.jenkins.plugins.servicenowconnector.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TroubleshootingTest {

    private static final String CODE = "src/main/java/" + Tree.FOLDER + "/";
    private static final String VIEWS = "src/main/resources/" + Tree.FOLDER + "/connector/";

    @TempDir
    Path folder;

    private Tree tree;

    @BeforeEach
    void sourcesThatSayNothing() {
        tree = new Tree(folder);
        for (String silent : List.of(
                "engine/http/Tls",
                "engine/auth/Token",
                "engine/rest/check/Roles",
                "engine/rest/ErrorAnswers",
                "engine/rest/PageAnswers",
                "engine/rest/Refusals",
                "engine/rest/Reply",
                "engine/rest/InstanceUrl",
                "engine/rest/Syntax",
                "engine/rest/DurationText",
                "agent/AgentCall",
                "connector/Connector")) {
            says(silent, "");
        }
    }

    @Test
    void thisProjectsPageHasEveryMessage() {
        assertThat(Troubleshooting.findings(Tree.ofThisProject())).isEmpty();
    }

    @Test
    void messageOnThePagePasses() {
        says(
                "engine/rest/PageAnswers",
                "{ throw of(host() + \" hibernates: wake it up,\" + \" it takes (a few) minutes.\"); }");
        page("| `… hibernates` | it sleeps |", "| Wake it up, it takes (a *few*)", "minutes | you |");

        assertThat(Troubleshooting.findings(tree)).isEmpty();
    }

    @Test
    void missingMessageIsCaught() {
        says("engine/rest/PageAnswers", "{ throw of(host() + \" hibernates: wake it up.\"); }");
        page("| `… sleeps` | wake it up |");

        assertThat(Troubleshooting.findings(tree))
                .singleElement()
                .asString()
                .contains("has no \"hibernates\", which " + CODE + "engine/rest/PageAnswers.java says");
    }

    @Test
    void missingPageIsCaught() {
        says("agent/AgentChoice", "String why = \"Nobody is here.\";");

        assertThat(Troubleshooting.findings(tree)).singleElement().asString().contains("\"Nobody is here\"");
    }

    @Test
    void whatIsPutInIsNotLookedForButBothChoicesAre() {
        says(
                "agent/AgentChoice",
                "String why = \"Check \" + (proxy == null ? \"the URL\" : \"the proxy of \" + proxy)",
                "        + \" at \" + at(\"one of them\");");
        page("Check the URL, or the proxy of …, at …");

        assertThat(Troubleshooting.findings(tree)).singleElement().asString().contains("\"one of them\"");
    }

    @Test
    void textsThatNobodyIsToldDoNotCount() {
        says(
                "agent/AgentChoice",
                "boolean a = said.contains(\"too large\"); Object b = Pattern.compile(\"log in|sign in\");",
                "Object c = new IllegalStateException(\"cannot be\"); String d = \"application/json\";",
                "@SuppressWarnings(\"a b\") public String toString() { return \"token of somebody\"; }");

        assertThat(Troubleshooting.findings(tree)).isEmpty();
    }

    @Test
    void factsAreToldByToString() {
        tree.with(
                CODE + "engine/http/Facts.java",
                "class Facts { public String toString() { return \"HTTP status \" + status; } }");

        assertThat(Troubleshooting.findings(tree)).singleElement().asString().contains("\"HTTP status\"");
    }

    @Test
    void textOfAFormIsCaught() {
        tree.with(VIEWS + "Messages.properties", "Form.name=A new name", "Form.gone=''{0}'' is gone; enter it again.");
        page("`'…' is gone;`");

        assertThat(Troubleshooting.findings(tree)).singleElement().asString().contains("\"enter it again\"");
    }

    @Test
    void textOfAResultIsCaught() {
        tree.with(VIEWS + "Form/check.jelly", "<p>${%It does not work.} ${it.problem} ${%Details}</p>");

        assertThat(Troubleshooting.findings(tree)).singleElement().asString().contains("\"It does not work\"");
    }

    @Test
    void sourceThatIsGoneIsCaught() throws Exception {
        Files.delete(tree.path(CODE + "engine/rest/Syntax.java"));

        assertThat(Troubleshooting.findings(tree)).singleElement().asString().contains("is no longer there");
    }

    private void says(String type, String... members) {
        String[] parts = type.split("/");
        tree.with(CODE + type + ".java", "class " + parts[parts.length - 1] + " {", String.join("\n", members), "}");
    }

    private void page(String... lines) {
        tree.with(Troubleshooting.PAGE, lines);
    }
}
