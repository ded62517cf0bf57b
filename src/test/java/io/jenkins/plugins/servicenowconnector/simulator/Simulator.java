package io.jenkins.plugins.servicenowconnector.simulator;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.any;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Faults;
import io.jenkins.plugins.servicenowconnector.simulator.importset.StagingTables;
import io.jenkins.plugins.servicenowconnector.simulator.instance.InstanceClock;
import io.jenkins.plugins.servicenowconnector.simulator.instance.Switches;
import io.jenkins.plugins.servicenowconnector.simulator.page.TicketsPage;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Accounts;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Call;
import io.jenkins.plugins.servicenowconnector.simulator.rest.RateLimits;
import io.jenkins.plugins.servicenowconnector.simulator.rest.Reply;
import io.jenkins.plugins.servicenowconnector.simulator.rest.RestApi;
import io.jenkins.plugins.servicenowconnector.simulator.rest.StoredFile;
import io.jenkins.plugins.servicenowconnector.simulator.rule.ServiceDesk;
import io.jenkins.plugins.servicenowconnector.simulator.signin.SignIn;
import io.jenkins.plugins.servicenowconnector.simulator.table.Tables;
import io.jenkins.plugins.servicenowconnector.simulator.tls.KeyFile;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A ServiceNow instance for tests and demonstrations, on a loopback port.
 *
 * <p>Usable as a static field of a test class, with {@link #reset()} before each test.
 */
public final class Simulator implements AutoCloseable {

    /** The account that exists from the start; it has {@code itil}. */
    public static final String USER = "jenkins";

    /** Its password; not ASCII, so that a client that encodes it wrongly is noticed. */
    public static final String PASSWORD = "s3cret-Zürich";

    private static final int HEADER_BYTES = 65_536;

    /** At most: an answer that is held back holds one. */
    private static final int THREADS = 200;

    private final Instance instance = new Instance();
    private final Faults faults = new Faults();
    private final RequestLog log = new RequestLog();
    private final Connections connections = new Connections();
    private final TicketsPage page = new TicketsPage(instance.tables(), instance.desk(), faults);
    private final WireMockServer server;

    private Simulator(WireMockConfiguration ports) {
        server = new WireMockServer(ports.bindAddress("127.0.0.1")
                .http2PlainDisabled(true)
                .disableRequestJournal()
                .stubRequestLoggingDisabled(true)
                .templatingEnabled(false)
                .extensionScanningEnabled(false)
                .jettyHeaderRequestSize(HEADER_BYTES)
                .containerThreads(THREADS)
                .networkTrafficListener(connections)
                .extensions(new Front(this::answer)));
    }

    /** Starts one on a free port. */
    public static Simulator start() {
        return start(0);
    }

    /** Starts one on that port; 0 means a free one. */
    public static Simulator start(int port) {
        return start(
                port == 0 ? wireMockConfig().dynamicPort() : wireMockConfig().port(port));
    }

    /**
     * Starts one on a free port that speaks https only.
     *
     * @param key the server's key, as {@link KeyFile#ofServer} makes it
     * @param clients the client certificates it lets in; null if it demands none
     */
    public static Simulator startSecure(KeyFile key, KeyFile clients) {
        WireMockConfiguration options = wireMockConfig()
                .httpDisabled(true)
                .dynamicHttpsPort()
                .keystoreType("PKCS12")
                .keystorePath(key.path().toString())
                .keystorePassword(KeyFile.PASSWORD)
                .keyManagerPassword(KeyFile.PASSWORD);
        if (clients != null) {
            options.needClientAuth(true)
                    .trustStoreType("PKCS12")
                    .trustStorePath(clients.path().toString())
                    .trustStorePassword(KeyFile.PASSWORD);
        }
        return start(options);
    }

    private static Simulator start(WireMockConfiguration ports) {
        Simulator simulator = new Simulator(ports);
        simulator.server.start();
        simulator.server.stubFor(any(anyUrl()).willReturn(aResponse()));
        return simulator;
    }

    private Reply answer(Call call) {
        Optional<Reply> forPerson = page.answer(call);
        if (forPerson.isPresent()) {
            return forPerson.get();
        }
        Supplier<Reply> healthy = () -> instance.api().answer(call);
        Reply reply = faults.take(call)
                .map(fault -> fault.apply(call, healthy, instance.commits()))
                .orElseGet(healthy);
        log.add(call, reply);
        return reply;
    }

    /** The instance's base address. */
    public URI url() {
        return server.isHttpsEnabled()
                ? URI.create("https://localhost:" + server.httpsPort())
                : URI.create("http://localhost:" + server.port());
    }

    /** Everything stored; rows may be read or seeded past all rules. */
    public Tables tables() {
        return instance.tables();
    }

    /** The people who approve, reject, hold or move. */
    public ServiceDesk desk() {
        return instance.desk();
    }

    /** The instance's own time. */
    public InstanceClock clock() {
        return instance.clock();
    }

    /** How this instance answers where instances differ. */
    public Switches switches() {
        return instance.switches();
    }

    /** Who may call. */
    public Accounts accounts() {
        return instance.accounts();
    }

    /** Tokens, keys, certificates, with the endpoints that hand tokens out. */
    public SignIn signIn() {
        return instance.signIn();
    }

    /** Staging tables with their transform maps. */
    public StagingTables stagingTables() {
        return instance.stagingTables();
    }

    /** What goes wrong. */
    public Faults faults() {
        return faults;
    }

    public RateLimits rateLimits() {
        return instance.rateLimits();
    }

    /** The REST interfaces, for further doors or endpoints. */
    public RestApi api() {
        return instance.api();
    }

    /** The files that were stored since the last reset: what arrived of them, never their content. */
    public List<StoredFile> files() {
        return instance.api().attachments().stored();
    }

    /** The last requests to the instance, oldest first, without those of the person's page. */
    public List<Exchange> requests() {
        return log.last();
    }

    /** How many requests there were since the last reset. */
    public long requestCount() {
        return log.count();
    }

    /** How many TCP connections were opened since the last reset. */
    public int connections() {
        return connections.opened();
    }

    /** Does at once what the instance would do a moment later: ask approvers, create change tasks. */
    public void settle() {
        instance.flow().hurry();
    }

    /** Does at once what faults let it do late: stores writes whose connection was cut before. */
    public void commitLate() {
        instance.commits().hurry();
    }

    /** As on the first day: demo rows, one account, nothing switched, nothing wrong, nothing recorded. */
    public void reset() {
        faults.none();
        instance.reset();
        log.clear();
        connections.reset();
    }

    @Override
    public void close() {
        server.stop();
        instance.close();
    }
}
