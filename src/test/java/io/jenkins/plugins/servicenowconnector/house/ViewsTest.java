package io.jenkins.plugins.servicenowconnector.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewsTest {

    private static final String HEAD = "<?jelly escape-by-default='true'?>";

    @TempDir
    Path folder;

    @Test
    void thisProjectsViewsAreInOrder() {
        assertThat(Views.findings(Tree.ofThisProject())).isEmpty();
    }

    @Test
    void viewInOrderPasses() {
        Tree tree = view(
                HEAD,
                "<j:jelly xmlns:j='jelly:core' xmlns:f='/lib/form'>",
                "<script src='a.js'/><script type='application/json'>{}</script>",
                "<f:textbox field='a' checkUrl='x' checkDependsOn='b'/><a href='${it.url}'>${it.name}</a>",
                "</j:jelly>");

        assertThat(Views.findings(tree)).isEmpty();
    }

    @Test
    void missingHeadIsCaught() {
        assertThat(Views.findings(view("<div/>"))).singleElement().asString().contains("does not begin with");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<div> | not well-formed",
                "<f:entry/> | not well-formed",
                "<script>go()</script> | inline <script>",
                "<script type='text/javascript'>go()</script> | inline <script>",
                "<style>a { }</style> | inline <style>",
                "<a onclick='go()'/> | inline onclick",
                "<a onMouseOver='go()'/> | inline onmouseover",
                "<f:submit xmlns:f='/lib/form' onclick='go()'/> | inline onclick",
                "<f:textbox xmlns:f='/lib/form' checkUrl='x'/> | checkUrl without",
                "<div>${h.rawHtml(it.text)}</div> | h.rawHtml",
                "<st:include xmlns:st='jelly:stapler' escapeText='false'/> | escapeText",
                "<j:out xmlns:j='jelly:core' value='${it.text}'/> | <j:out"
            })
    void wrongViewIsCaught(String line, String finding) {
        assertThat(Views.findings(view(HEAD, line))).singleElement().asString().contains(finding);
    }

    @Test
    void brokenHelpIsCaught() {
        Tree tree = new Tree(folder).with("src/main/resources/a/help-name.html", "<div>Its name.<br></div>");

        assertThat(Views.findings(tree)).singleElement().asString().contains("not well-formed");
    }

    private Tree view(String... lines) {
        return new Tree(folder).with("src/main/resources/a/index.jelly", lines);
    }
}
