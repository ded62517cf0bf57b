package io.jenkins.plugins.servicenowconnector.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.jenkins.plugins.casc.ConfigurationAsCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;
import org.jvnet.hudson.test.junit.jupiter.WithJenkins;

/** The sample of docs/connectors.md is loaded as it stands, for each authentication kind there is. */
@WithJenkins
class ConnectorsInDocsTest {

    private static final Pattern YAML = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL);

    @Test
    void sampleOfEachKindLoadsAndIsExportedAgain(JenkinsRule jenkins, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("jenkins.yaml"), sample());

        ConfigurationAsCode.get().configure(file.toString());

        List<Connector> connectors = ServiceNowConnectors.get().getConnectors();
        assertThat(connectors)
                .extracting(Connector::getAuthentication)
                .extracting(kind -> (Object) kind.getClass())
                .containsExactlyInAnyOrder(
                        BasicKind.class,
                        ApiKeyKind.class,
                        ClientCredentialsKind.class,
                        RefreshTokenKind.class,
                        AdfsCertificateKind.class,
                        ClientCertificateKind.class);
        assertThat(jenkins.jenkins.getDescriptorList(AuthenticationKind.class)).hasSameSizeAs(connectors);
        assertThat(exported())
                .contains("clientSecretId: \"servicenow-client-secret\"")
                .contains("tokenUrl: \"https://login.example.com/oauth/token\"")
                .contains("resourceId: \"https://adfs-user.example.com\"");
    }

    private static String sample() throws Exception {
        Matcher matcher = YAML.matcher(Files.readString(Path.of(System.getProperty("tree"), "docs", "connectors.md")));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static String exported() throws Exception {
        ByteArrayOutputStream yaml = new ByteArrayOutputStream();
        ConfigurationAsCode.get().export(yaml);
        return yaml.toString(StandardCharsets.UTF_8);
    }
}
