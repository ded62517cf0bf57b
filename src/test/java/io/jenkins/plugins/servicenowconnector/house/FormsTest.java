package io.jenkins.plugins.servicenowconnector.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormsTest {

    private static final String HELP = "<div>What it is for.</div>";

    @TempDir
    Path folder;

    @Test
    void thisProjectsFormsAreWhole() {
        assertThat(Forms.findings(Tree.ofThisProject())).isEmpty();
    }

    @Test
    void fieldWithoutHelpIsCaught() {
        assertThat(Forms.findings(form("a/Step", "name")))
                .singleElement()
                .asString()
                .contains("name has no help-name.html");
    }

    @Test
    void helpMayComeFromASuperclass() {
        Tree tree = form("a/Step", "name")
                .with("src/main/java/a/Step.java", "package a; import b.Base; class Step extends Base<String> {}")
                .with("src/main/java/b/Base.java", "package b; public abstract class Base<T> {}")
                .with("src/main/resources/b/Base/help-name.html", HELP);

        assertThat(Forms.findings(tree)).isEmpty();
    }

    @Test
    void helpOfSomeOtherClassDoesNotCount() {
        Tree tree = form("a/Step", "name")
                .with("src/main/java/a/Step.java", "package a; class Step {}")
                .with("src/main/resources/a/Base/help-name.html", HELP);

        assertThat(Forms.findings(tree)).hasSize(1);
    }

    @Test
    void optionalPropertyWithoutItsOwnHelpIsCaught() {
        Tree tree = new Tree(folder)
                .with("src/main/resources/a/Step/help-criteria.html", HELP)
                .with(
                        "src/main/resources/a/Step/config.jelly",
                        "<?jelly escape-by-default='true'?>",
                        "<j:jelly xmlns:j='jelly:core' xmlns:f='/lib/form'><f:optionalProperty field='criteria'/></j:jelly>");

        assertThat(Forms.findings(tree)).singleElement().asString().contains("criteria shows another's help");
    }

    @Test
    void setterWithoutFieldIsCaught() {
        Tree tree = form("a/Step")
                .with(
                        "src/main/java/a/Step.java",
                        "package a; class Step { @DataBoundSetter public void setFileName(String f) {} }");

        assertThat(Forms.findings(tree)).singleElement().asString().contains("nothing sets the parameter fileName");
    }

    @Test
    void constructorsAndSuperclassesParametersCount() {
        Tree tree = form("a/Step")
                .with(
                        "src/main/java/a/Step.java",
                        "package a; class Step extends Base { @org.kohsuke.stapler.DataBoundConstructor Step(String id) {} }")
                .with("src/main/java/a/Base.java", "package a; class Base { @DataBoundSetter String tags; }");

        assertThat(Forms.findings(tree))
                .anyMatch(finding -> finding.endsWith("parameter id"))
                .anyMatch(finding -> finding.endsWith("parameter tags"))
                .hasSize(2);
    }

    @Test
    void nestedClassHasItsOwnForm() {
        Tree tree = form("a/Outer/Inner")
                .with(
                        "src/main/java/a/Outer.java",
                        "package a; class Outer { static class Inner { @DataBoundSetter void setUrl(String u) {} } }");

        assertThat(Forms.findings(tree)).singleElement().asString().contains("parameter url");
    }

    @Test
    void mapIsNoField() {
        Tree tree = form("a/Step")
                .with(
                        "src/main/java/a/Step.java",
                        "package a; class Step { @DataBoundSetter void setRow(Map<String, Object> row) {}",
                        "@DataBoundSetter void setRows(List<Map<String, Object>> rows) {} }");

        assertThat(Forms.findings(tree)).isEmpty();
    }

    private Tree form(String folderName, String... fields) {
        String entries = Arrays.stream(fields)
                .map(field -> "<f:entry field='" + field + "'/>")
                .collect(Collectors.joining());
        return new Tree(folder)
                .with(
                        "src/main/resources/" + folderName + "/config.jelly",
                        "<?jelly escape-by-default='true'?>",
                        "<j:jelly xmlns:j='jelly:core' xmlns:f='/lib/form'>" + entries + "</j:jelly>");
    }
}
