package io.jenkins.plugins.servicenowconnector.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ArrowsTest {

    @TempDir
    Path folder;

    @Test
    void thisHouseHasNoArrowUp() {
        assertThat(Arrows.findings(Tree.ofThisProject())).isEmpty();
    }

    @Test
    void arrowsMaySkipFloorsDownwards() {
        Tree tree = tree("step", "Create", "import " + Tree.PACKAGE + ".engine.ticket.Ticket;");

        assertThat(Arrows.findings(tree)).isEmpty();
    }

    @Test
    void arrowUpIsCaught() {
        Tree tree = tree("connector", "Connector", "import " + Tree.PACKAGE + ".step.CreateStep;");

        assertThat(Arrows.findings(tree)).singleElement().asString().contains("connector may not use step");
    }

    @Test
    void staticAndWholePackageImportsCount() {
        tree("agent", "One", "import static " + Tree.PACKAGE + ".wait.Waits.all;");
        Tree tree = tree("agent", "Two", "import " + Tree.PACKAGE + ".view.*;");

        assertThat(Arrows.findings(tree))
                .anyMatch(finding -> finding.contains("agent may not use wait"))
                .anyMatch(finding -> finding.contains("agent may not use view"));
    }

    @Test
    void nameWrittenOutIsCaught() {
        Tree tree = tree("engine.http", "Wrong", "class Wrong { " + Tree.PACKAGE + ".engine.rest.FieldValue field; }");

        assertThat(Arrows.findings(tree)).singleElement().asString().contains("engine.http may not use engine.rest");
    }

    @Test
    void roomsOnOneFloorKnowNothingOfEachOther() {
        Tree tree = tree("step", "Create", "import " + Tree.PACKAGE + ".freestyle.CreateBuilder;");

        assertThat(Arrows.findings(tree)).singleElement().asString().contains("step may not use freestyle");
    }

    @Test
    void circleIsCaught() {
        tree("wait", "Wait", "import " + Tree.PACKAGE + ".connector.Connector;");
        Tree tree = tree("connector", "Connector", "import " + Tree.PACKAGE + ".wait.Wait;");

        assertThat(Arrows.findings(tree)).singleElement().asString().contains("connector may not use wait");
    }

    @Test
    void engineMayNotUseUpstairs() {
        Tree tree = tree("engine", "Wrong", "import " + Tree.PACKAGE + ".agent.AgentTransport;");

        assertThat(Arrows.findings(tree)).singleElement().asString().contains("engine may not use agent");
    }

    @Test
    void enginesOwnPackageIsForAllItsRoomsAndUsesNone() {
        tree("engine.http", "Fine", "import " + Tree.PACKAGE + ".engine.Text;");
        Tree tree = tree("engine", "Wrong", "import " + Tree.PACKAGE + ".engine.http.Facts;");

        assertThat(Arrows.findings(tree)).singleElement().asString().contains("engine may not use engine.http");
    }

    @Test
    void unknownRoomIsCaught() {
        assertThat(Arrows.findings(tree("attic", "Box", "")))
                .singleElement()
                .asString()
                .contains("attic is in no room");
    }

    private Tree tree(String room, String type, String text) {
        String file = "src/main/java/" + Tree.FOLDER + "/" + room.replace('.', '/') + "/" + type + ".java";
        return new Tree(folder).with(file, "package " + Tree.PACKAGE + "." + room + ";", text);
    }
}
