package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicInteger;

/** A body whose announced size and whose stream need not agree; counts how often it was opened, and closed. */
public final class GivenBody implements StreamedBody {

    private static final long serialVersionUID = 1L;

    /** What a test gives as a stream. */
    @FunctionalInterface
    public interface Opening {
        InputStream open() throws IOException;
    }

    private final long size;
    private final transient Opening opening;
    private final AtomicInteger opened = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    public GivenBody(long size, Opening opening) {
        this.size = size;
        this.opening = opening;
    }

    /** One that announces the first number of bytes and has the second. */
    public static GivenBody of(int announced, int there) {
        return new GivenBody(announced, () -> new ByteArrayInputStream(new byte[there]));
    }

    /** One that fails after so many bytes. */
    static GivenBody failing(int announced, int there, IOException failure) {
        return new GivenBody(announced, () -> new FilterInputStream(new ByteArrayInputStream(new byte[there])) {
            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                int read = super.read(bytes, offset, length);
                if (read < 0) {
                    throw failure;
                }
                return read;
            }
        });
    }

    @Override
    public String name() {
        return "console.log";
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() throws IOException {
        InputStream stream = opening.open();
        opened.incrementAndGet();
        return new FilterInputStream(stream) {
            @Override
            public void close() throws IOException {
                closed.incrementAndGet();
                super.close();
            }
        };
    }

    public int opened() {
        return opened.get();
    }

    /** Whether every stream that was opened was closed. */
    public boolean isClosed() {
        return closed.get() >= opened.get();
    }
}
