package io.jenkins.plugins.servicenowconnector.engine.http;

import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.INCIDENTS;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.get;
import static io.jenkins.plugins.servicenowconnector.engine.http.Requests.post;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.simulator.ForwardProxy;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.tls.KeyFile;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls through a proxy, plain ones as well as encrypted ones. */
class ProxyTest {

    private static final String HOST = "127.0.0.1";

    @TempDir
    static Path folder;

    private static KeyFile key;
    private static KeyFile trusted;
    private static Simulator plain;
    private static Simulator secure;

    private final ForwardProxy proxy = ForwardProxy.start();

    @BeforeAll
    static void start() {
        key = KeyFile.ofServer(folder, "localhost");
        trusted = KeyFile.trusting(folder, key);
        plain = Simulator.start();
        secure = Simulator.startSecure(key, null);
    }

    @BeforeEach
    void reset() {
        plain.reset();
        secure.reset();
    }

    @AfterEach
    void closeProxy() {
        proxy.close();
    }

    @AfterAll
    static void stop() {
        plain.close();
        secure.close();
    }

    private static URI incidents(Simulator simulator) {
        return URI.create(simulator.url() + INCIDENTS);
    }

    private Route route() {
        return new Route(new HttpProxy(HOST, proxy.port()), null);
    }

    private Route routeAs(String user, String password) {
        return new Route(new HttpProxy(HOST, proxy.port(), user, password), null);
    }

    private static Answer send(Request request) throws Exception {
        return Transports.trusting(trusted).send(request);
    }

    private static ServiceNowException failure(Request request) {
        ServiceNowException error = catchThrowableOfType(ServiceNowException.class, () -> send(request));
        assertThat(error.kind()).isEqualTo(Kind.NETWORK);
        assertThat(error.mayHaveArrived()).isFalse();
        assertThat(error.toString()).doesNotContain("s3cret");
        return error;
    }

    @Test
    void plainCallsAreForwarded() throws Exception {
        assertThat(send(get(incidents(plain)).via(route())).status()).isEqualTo(200);
        assertThat(send(post(incidents(plain), "{}").via(route())).status()).isEqualTo(201);

        assertThat(proxy.requests()).hasSize(2).first().asString().startsWith("GET http://localhost:");
    }

    @Test
    void encryptedCallsAreTunnelled() throws Exception {
        assertThat(send(get(incidents(secure)).via(route())).status()).isEqualTo(200);

        assertThat(proxy.requests()).singleElement().asString().startsWith("CONNECT localhost:");
    }

    @Test
    void withoutAProxyTheNodesOwnSettingsDoNotCount() throws Exception {
        System.setProperty("http.proxyHost", HOST);
        System.setProperty("http.proxyPort", String.valueOf(proxy.port()));
        System.setProperty("http.nonProxyHosts", "");
        try {
            assertThat(send(get(incidents(plain))).status()).isEqualTo(200);
        } finally {
            List.of("http.proxyHost", "http.proxyPort", "http.nonProxyHosts").forEach(System::clearProperty);
        }
        assertThat(proxy.requests()).isEmpty();
    }

    @Test
    void transportKeepsToItsRoute() throws Exception {
        Transports.fresh().via(route()).send(get(incidents(plain)));

        assertThat(proxy.requests()).hasSize(1);
    }

    @Test
    void userIsShownToTheProxyAloneForPlainCalls() throws Exception {
        proxy.demand("jenkins", "s3cret");

        assertThat(send(get(incidents(plain)).via(routeAs("jenkins", "s3cret"))).status())
                .isEqualTo(200);
        assertThat(plain.requests().get(0).headers())
                .doesNotContainKey("proxy-authorization")
                .containsKey("authorization");
    }

    @Test
    void missingUserIsToldApart() {
        proxy.demand("jenkins", "s3cret");

        assertThat(failure(get(incidents(plain)).via(route())).sentence())
                .contains("demands a user name and password: enter them");
        assertThat(failure(get(incidents(secure)).via(route())).sentence())
                .contains("demands a user name and password: enter them");
    }

    @Test
    void wrongUserIsToldApart() {
        proxy.demand("jenkins", "s3cret");

        assertThat(failure(get(incidents(plain)).via(routeAs("jenkins", "s3cret-old")))
                        .sentence())
                .contains("does not accept the user name and password");
    }

    @Test
    void javaThatKeepsTheUserToItselfIsToldApart() {
        proxy.demand("jenkins", "s3cret");

        assertThat(failure(get(incidents(secure)).via(routeAs("jenkins", "s3cret")))
                        .sentence())
                .contains("start that Java with -Djdk.http.auth.tunneling.disabledSchemes= (nothing after");
        assertThat(secure.requestCount()).isZero();
    }

    @Test
    void javaThatMaySendTheUserDoesSoToTheProxyAlone() throws Exception {
        proxy.demand("jenkins", "s3cret");

        // the JDK reads the property once, so this needs a Java of its own
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djdk.http.auth.tunneling.disabledSchemes=",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ProxiedCall.class.getName(),
                        incidents(secure).toString(),
                        String.valueOf(proxy.port()),
                        trusted.path().toString())
                .redirectErrorStream(true)
                .start();

        assertThat(new String(java.getInputStream().readAllBytes())).contains("200");
        assertThat(secure.requests().get(0).headers()).doesNotContainKey("proxy-authorization");
    }

    @Test
    void refusedTunnelIsToldApart() {
        proxy.refuse("403 Forbidden");

        ServiceNowException error = failure(post(incidents(secure), "{}").via(route()));

        assertThat(error.sentence()).contains("The proxy 127.0.0.1:").contains("does not connect to localhost:");
    }

    @Test
    void proxyThatIsNotThereIsNamed() {
        proxy.close();

        assertThat(failure(get(incidents(plain)).via(route())).sentence())
                .startsWith("The proxy 127.0.0.1:" + proxy.port()
                        + " refused the connection: check Jenkins' proxy settings");
        assertThat(failure(get(incidents(secure)).via(route())).sentence()).startsWith("The proxy 127.0.0.1:");
    }

    @Test
    void unknownProxyNameIsNamed() {
        Route nowhere = new Route(new HttpProxy("no-such-proxy.invalid", 3128), null);

        assertThat(failure(get(incidents(plain)).via(nowhere)).sentence())
                .startsWith("The host name no-such-proxy.invalid is not known")
                .contains("Jenkins' proxy settings");
    }

    @Test
    void passwordIsPrintedByNobody() {
        assertThat(routeAs("jenkins", "s3cret").toString())
                .doesNotContain("s3cret")
                .doesNotContain("jenkins");
    }
}
