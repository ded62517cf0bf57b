package io.jenkins.plugins.servicenowconnector.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessagesTest {

    private static final String ROOM = "src/main/java/" + Tree.FOLDER + "/step/";
    private static final String MESSAGES = "src/main/resources/" + Tree.FOLDER + "/step/Messages.properties";

    @TempDir
    Path folder;

    @Test
    void thisProjectHasEachTextItUsesAndNoOther() {
        assertThat(Texts.findings(Tree.ofThisProject())).isEmpty();
    }

    @Test
    void usedTextsPass() {
        Tree tree = code("Messages.Step_name(); Messages._Step_hint().toString();")
                .with(MESSAGES, "Step.name=Name", "Step.hint=Hint");

        assertThat(Texts.findings(tree)).isEmpty();
    }

    @Test
    void missingTextIsCaught() {
        Tree tree = code("Messages.Step_name(); Messages.Step_hint();").with(MESSAGES, "Step.name=Name");

        assertThat(Texts.findings(tree)).singleElement().asString().contains("no text for Messages.Step_hint");
    }

    @Test
    void textThatNothingUsesIsCaught() {
        Tree tree = code("Messages.Step_name();").with(MESSAGES, "Step.name=Name", "Step.old=Old");

        assertThat(Texts.findings(tree)).singleElement().asString().contains("nothing uses Step.old");
    }

    @Test
    void missingFileIsCaught() {
        assertThat(Texts.findings(code("Messages.Step_name();")))
                .singleElement()
                .asString()
                .contains("is missing, and wanted for [Step_name]");
    }

    @Test
    void textsOfOthersAreTheirs() {
        Tree tree = new Tree(folder)
                .with(
                        ROOM + "Step.java",
                        "package " + Tree.PACKAGE + ".step; import hudson.model.Messages;",
                        "class Step { String name = Messages.Run_name() + hudson.tasks.Messages.Other(); }");

        assertThat(Texts.findings(tree)).isEmpty();
    }

    @Test
    void textMissingInAViewIsCaught() {
        assertThat(Texts.findings(view("${%Name} ${%hint(it.url)}", "Name=Name")))
                .singleElement()
                .asString()
                .contains("no text for ${%hint}");
    }

    @Test
    void textThatNoViewUsesIsCaught() {
        assertThat(Texts.findings(view("${%Name}", "Name=Name", "Old\\ name=Old")))
                .singleElement()
                .asString()
                .contains("nothing uses Old name");
    }

    @Test
    void viewWithoutTextsShowsItsKeys() {
        Tree tree = new Tree(folder).with("src/main/resources/a/config.jelly", "<div>${%Name}</div>");

        assertThat(Texts.findings(tree)).isEmpty();
    }

    private Tree code(String statements) {
        return new Tree(folder)
                .with(
                        ROOM + "Step.java",
                        "package " + Tree.PACKAGE + ".step;",
                        "class Step { void a() { " + statements + " } }");
    }

    private Tree view(String content, String... texts) {
        return new Tree(folder)
                .with("src/main/resources/a/config.jelly", "<div>" + content + "</div>")
                .with("src/main/resources/a/config.properties", texts);
    }
}
