package io.jenkins.plugins.servicenowconnector.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineBuildTest {

    private static final String MAIN = "src/main/java/" + Tree.FOLDER;
    private static final String WRONG = MAIN + "/engine/http/Wrong.java";

    @TempDir
    Path folder;

    @Test
    void thisEngineBuildsWithoutJenkins() {
        assertThat(EngineBuild.findings(Tree.ofThisProject())).isEmpty();
    }

    @Test
    void importOfJenkinsFailsTheEnginesCompilation() {
        Tree tree = wrong("hudson.model.Run");

        assertThat(Javac.errors(tree, asTheEngineIsCompiled(tree), List.of(WRONG)))
                .anyMatch(error -> error.contains("hudson.model"));
    }

    @Test
    void importOfAnUpstairsClassWithoutJenkinsFailsTheEnginesCompilation() {
        Tree tree = wrong(Tree.PACKAGE + ".connector.Plain")
                .with(MAIN + "/connector/Plain.java", "package " + Tree.PACKAGE + ".connector; public class Plain {}");

        assertThat(Javac.errors(tree, asTheEngineIsCompiled(tree), List.of(WRONG)))
                .anyMatch(error -> error.contains("connector"));
    }

    @Test
    void withoutThePomsArgumentsTheUpstairsClassWouldBeFound() {
        Tree tree = wrong(Tree.PACKAGE + ".connector.Plain")
                .with(MAIN + "/connector/Plain.java", "package " + Tree.PACKAGE + ".connector; public class Plain {}");

        assertThat(Javac.errors(tree, asMavenCompiles(tree), List.of(WRONG))).isEmpty();
    }

    @Test
    void dependencyOnJenkinsIsCaught() {
        Tree tree = pom("<dependencies><dependency><groupId>org.jenkins-ci.main</groupId></dependency></dependencies>");

        assertThat(EngineBuild.findings(tree)).singleElement().asString().contains("org.jenkins-ci.main");
    }

    @Test
    void foreignRepositoryIsCaught() {
        assertThat(EngineBuild.findings(pom("<repositories><repository/></repositories>")))
                .singleElement()
                .asString()
                .contains("a repository besides");
    }

    @Test
    void pluginWithoutVersionIsCaught() {
        Tree tree = pom("<build><plugins><plugin><artifactId>maven-surefire-plugin</artifactId></plugin>"
                + "</plugins></build>");

        assertThat(EngineBuild.findings(tree)).singleElement().asString().contains("maven-surefire-plugin");
    }

    @Test
    void missingFolderForMavenIsCaught() {
        Tree tree = new Tree(folder).with("src/engine/pom.xml", "<project/>");

        assertThat(EngineBuild.findings(tree)).singleElement().asString().contains(".mvn");
    }

    private Tree wrong(String imported) {
        return new Tree(folder)
                .with(WRONG, "package " + Tree.PACKAGE + ".engine.http; import " + imported + "; class Wrong {}");
    }

    private Tree pom(String content) {
        return new Tree(folder)
                .with("src/engine/pom.xml", "<project>" + content + "</project>")
                .with("src/engine/.mvn/maven.config", "-ntp");
    }

    /** Maven gives the source folder as source path; of two, javac takes the later one. */
    private static List<String> asMavenCompiles(Tree tree) {
        return List.of("-sourcepath", tree.path("src/main/java").toString());
    }

    private static List<String> asTheEngineIsCompiled(Tree tree) {
        List<String> options = new ArrayList<>(asMavenCompiles(tree));
        options.addAll(EngineBuild.compilerArguments(Tree.ofThisProject()));
        return options;
    }
}
