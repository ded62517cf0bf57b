package io.jenkins.plugins.servicenowconnector.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.jenkins.plugins.servicenowconnector.engine.http.HashingServer.Received;
import io.jenkins.plugins.servicenowconnector.engine.http.ServiceNowException.Kind;
import io.jenkins.plugins.servicenowconnector.engine.http.StreamedBody.UnreachableException;
import io.jenkins.plugins.servicenowconnector.simulator.Simulator;
import io.jenkins.plugins.servicenowconnector.simulator.fault.Fault;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A body that is read while it is sent. */
class UploadTest {

    private static final int BLOCK = 16_384;

    private final HashingServer server = HashingServer.start();
    private final HttpTransport transport = new HttpTransport(new Clients());

    @TempDir
    private Path folder;

    @AfterEach
    void stop() {
        server.close();
    }

    private Request upload(StreamedBody body) {
        return upload(server.url(), body, Limits.DEFAULT);
    }

    private static Request upload(URI url, StreamedBody body, Limits limits) {
        Map<String, String> headers = Map.of("Content-Type", "text/plain");
        return new Request(Method.POST, URI.create(url + "/file"), headers, null, new byte[0], limits).streaming(body);
    }

    private ServiceNowException failure(Request request) {
        return catchThrowableOfType(ServiceNowException.class, () -> transport.send(request));
    }

    private LocalFile file(int size) throws IOException {
        byte[] bytes = new byte[size];
        new Random(size).nextBytes(bytes);
        return LocalFile.of(Files.write(folder.resolve("console.log"), bytes));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, BLOCK - 1, BLOCK, BLOCK + 1, 1_000_000})
    void fileArrivesByteForByteWithItsLengthInTheHead(int size) throws Exception {
        LocalFile file = file(size);

        assertThat(transport.send(upload(file)).status()).isEqualTo(200);

        assertThat(server.received())
                .containsExactly(new Received("/file", size, file.sha256(), String.valueOf(size), null, "text/plain"));
    }

    @Test
    void emptyFileArrivesEmpty() throws Exception {
        LocalFile file = file(0);

        transport.send(upload(file));

        assertThat(server.received()).containsExactly(new Received("/file", 0, file.sha256(), "0", null, "text/plain"));
    }

    @Test
    void fileIsReadFromItsStartForEveryRequest() throws Exception {
        Request request = upload(file(100_000));

        transport.send(request);
        transport.send(request);

        assertThat(server.received()).hasSize(2);
        assertThat(server.received().get(1)).isEqualTo(server.received().get(0));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, BLOCK - 1, BLOCK, BLOCK + 1, 100_000})
    void fileThatGrewIsNeverWholeAtTheOtherSide(int size) {
        ServiceNowException error = failure(upload(GivenBody.of(size, size + 1)));

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence())
                .isEqualTo("The file 'console.log' has grown beyond its " + size
                        + " bytes while it was sent, so it was not sent as a whole; attach it when nothing writes to it"
                        + " any more.");
        assertNothingStored(error);
    }

    @Test
    void emptyFileThatGrewIsNotSentAtAll() {
        ServiceNowException error = failure(upload(GivenBody.of(0, 1)));

        assertThat(error.sentence()).contains("has grown beyond its 0 bytes");
        assertThat(server.requests()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, BLOCK, 99_999})
    void fileThatShrankIsNeverWholeAtTheOtherSide(int there) {
        ServiceNowException error = failure(upload(GivenBody.of(100_000, there)));

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence())
                .startsWith("The file 'console.log' ended after " + there + " of 100000 bytes while it was sent");
        assertNothingStored(error);
    }

    private void assertNothingStored(ServiceNowException error) {
        assertThat(error.mayHaveArrived()).isFalse();
        assertThat(error.isPassing()).isFalse();
        assertThat(server.received()).isEmpty();
    }

    @Test
    void fileThatVanishedIsNoCallAtAll() throws Exception {
        LocalFile file = file(10);
        Files.delete(folder.resolve("console.log"));

        ServiceNowException error = failure(upload(file));

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence()).startsWith("The file 'console.log' is not there any more");
        assertThat(error.mayHaveArrived()).isFalse();
        assertThat(server.requests()).isZero();
    }

    @Test
    void fileThatCannotBeReadIsNotSent() throws Exception {
        // a folder can be opened by nobody as a file
        LocalFile file = new LocalFile(folder.toString(), "console.log", 10);

        ServiceNowException error = failure(upload(file));

        assertThat(error.kind()).isEqualTo(Kind.BAD_INPUT);
        assertThat(error.sentence()).startsWith("The file 'console.log' could not be read to its end where it is: ");
        assertThat(server.received()).isEmpty();
    }

    @Test
    void nodeOfTheFileThatIsLostMidwayIsAPassingFailureWithoutDoubt() {
        GivenBody body = GivenBody.failing(100_000, 50_000, new UnreachableException("channel closed", null));

        ServiceNowException error = failure(upload(body));

        assertThat(error.kind()).isEqualTo(Kind.NETWORK);
        assertThat(error.sentence())
                .endsWith("could not be read to its end where it is: UnreachableException, channel closed.");
        assertThat(error.mayHaveArrived()).isFalse();
        assertThat(error.isPassing()).isTrue();
        assertThat(server.received()).isEmpty();
    }

    @Test
    void streamIsClosedWhateverHappens() throws Exception {
        GivenBody whole = GivenBody.of(100_000, 100_000);
        GivenBody grown = GivenBody.of(100_000, 100_001);
        GivenBody shrunk = GivenBody.of(100_000, 99_999);
        GivenBody notSent = GivenBody.of(100_000, 100_000);

        transport.send(upload(whole));
        failure(upload(grown));
        failure(upload(shrunk));
        failure(upload(URI.create("http://127.0.0.1:1"), notSent, Limits.DEFAULT));

        assertThat(whole.isClosed()).isTrue();
        assertThat(grown.isClosed()).isTrue();
        assertThat(shrunk.isClosed()).isTrue();
        assertThat(notSent.isClosed()).isTrue();
    }

    @Test
    void stalledFileEndsInTime() {
        CountDownLatch released = new CountDownLatch(1);
        GivenBody stalled = new GivenBody(1, () -> stalling(new CountDownLatch(1), released));
        Limits brief = new Limits(Duration.ofMillis(2_990), Duration.ofMillis(10), 1_000);

        ServiceNowException error = failure(upload(server.url(), stalled, brief));
        released.countDown();

        assertThat(error.kind()).isEqualTo(Kind.TIMEOUT);
        // the limits, and a second for the begun MiB
        assertThat(error.sentence()).contains("gave no whole answer within 4 s");
        assertThat(stalled.isClosed()).isTrue();
        assertThat(server.received()).isEmpty();
    }

    @Test
    void stalledFileKeepsNoOtherCallWaiting() throws Exception {
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch released = new CountDownLatch(1);
        GivenBody stalled = new GivenBody(1, () -> stalling(reading, released));

        CompletableFuture<ServiceNowException> failure = CompletableFuture.supplyAsync(() -> failure(upload(stalled)));
        reading.await();
        transport.send(upload(file(10)));

        assertThat(failure).isNotDone();
        assertThat(server.received()).extracting(Received::size).containsExactly(10L);
        released.countDown();
        assertThat(failure.get().sentence()).contains("has grown beyond its 1 bytes");
    }

    /** Gives no byte until it is released, then any number of them. */
    private static InputStream stalling(CountDownLatch reading, CountDownLatch released) {
        return new InputStream() {
            @Override
            public int read() throws IOException {
                reading.countDown();
                try {
                    released.await();
                } catch (InterruptedException e) {
                    throw new IOException(e);
                }
                return 0;
            }
        };
    }

    @Test
    void cutConnectionLeavesAnUploadInDoubt() throws Exception {
        try (Simulator simulator = Simulator.start()) {
            simulator.faults().next(Fault.CUT);

            ServiceNowException error = failure(upload(simulator.url(), file(100), Limits.DEFAULT));

            assertThat(error.kind()).isEqualTo(Kind.NETWORK);
            assertThat(error.mayHaveArrived()).isTrue();
        }
    }

    @Test
    void timeGrowsWithTheSizeOfTheStreamOnly() {
        Limits limits = new Limits(Duration.ofSeconds(10), Duration.ofSeconds(90), 1_000);
        Request plain = new Request(Method.POST, server.url(), Map.of(), null, new byte[5_000_000], limits);

        assertThat(plain.longest()).isEqualTo(Duration.ofSeconds(100));
        assertThat(plain.streaming(GivenBody.of(0, 0)).longest()).isEqualTo(Duration.ofSeconds(100));
        assertThat(plain.streaming(GivenBody.of(1, 1)).longest()).isEqualTo(Duration.ofSeconds(101));
        assertThat(plain.streaming(new LocalFile("/x", "x", 200L * 1024 * 1024)).longest())
                .isEqualTo(Duration.ofSeconds(300));
    }

    @Test
    void hashIsThatOfTheContent() throws Exception {
        Path file = Files.writeString(folder.resolve("a.txt"), "abc");

        assertThat(LocalFile.of(file).sha256())
                .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
