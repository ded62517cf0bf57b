package io.jenkins.plugins.servicenowconnector.connector;

import static io.jenkins.plugins.casc.misc.Util.convertToJson;
import static io.jenkins.plugins.casc.misc.Util.validateSchema;
import static org.assertj.core.api.Assertions.assertThat;

import hudson.ExtensionList;
import hudson.tasks.Builder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jenkinsci.plugins.workflow.steps.StepConfigTester;
import org.json.JSONObject;
import org.junit.jupiter.api.Test;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** That the schema, by which editors check and complete Configuration as Code, knows what this plugin adds to it. */
@WithJenkins
class ConnectorsSchemaTest {

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void sampleOfTheDocsIsValidAndMistypedOnesAreNot(JenkinsRule jenkins) throws Exception {
        leaveOutWhatHasNoSchema();
        String sample = sample();

        assertThat(validateSchema(json(sample))).isEmpty();
        assertInvalid(sample, "defaultConnector:", "defaultConector:");
        assertInvalid(sample, "controllerAllowed: false", "controllerAllowed: \"maybe\"");
        assertInvalid(sample, "      hosts:", "      host:");
        assertInvalid(sample, "agentLabel:", "agentLabels:");
        assertInvalid(sample, "          protected: true", "          shielded: true");
        assertInvalid(sample, "          ticketTypes:", "          ticketType:");
        assertInvalid(sample, "          pollsPerMinute:", "          polls:");
        assertInvalid(sample, "          basic:", "          basics:");
        assertInvalid(sample, "            clientSecretId:", "            clientSecret:");
    }

    /** A builder of Jenkins' own test libraries was compiled without the names of its parameters, so no schema can be made. */
    private static void leaveOutWhatHasNoSchema() {
        Builder.all().remove(ExtensionList.lookupSingleton(StepConfigTester.StepBuilder.DescriptorImpl.class));
    }

    private static void assertInvalid(String sample, String right, String wrong) {
        assertThat(sample).contains(right);
        assertThat(validateSchema(json(sample.replace(right, wrong)))).as(wrong).isNotEmpty();
    }

    /** Without the lists in a connector: for what stands in the items of a list, the generator knows no lists. */
    private static JSONObject json(String yaml) {
        JSONObject json = new JSONObject(convertToJson(yaml));
        for (Object connector : json.getJSONObject("serviceNow")
                .getJSONObject("serviceNowConnectors")
                .getJSONArray("connectors")) {
            ((JSONObject) connector).remove("defaultFields");
            ((JSONObject) connector).remove("approvalDefaults");
        }
        return json;
    }

    private static String sample() throws Exception {
        Matcher matcher = YAML.matcher(Files.readString(Path.of(System.getProperty("tree"), "docs", "connectors.md")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
