package io.jenkins.plugins.servicenowconnector.engine.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.util.function.Consumer;

/**
 * Gives exactly as many bytes as were announced, or not all of them: the last ones are held back until nothing is known to
 * follow, so that a body of another size is never whole at the other side.
 */
final class MeasuredStream extends FilterInputStream {

    /** The stream has another size than was announced. */
    static final class SizeChangedException extends IOException {
        @Serial
        private static final long serialVersionUID = 1L;

        SizeChangedException(String message) {
            super(message);
        }
    }

    private final long size;
    private final Consumer<Exception> onFailure;
    private long left;

    /**
     * @param size how many bytes are announced
     * @param onFailure hears why reading failed: the JDK's client takes a failing stream for one that is at its end
     */
    MeasuredStream(InputStream in, long size, Consumer<Exception> onFailure) {
        super(in);
        this.size = size;
        this.onFailure = onFailure;
        left = size;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return measured(bytes, offset, length);
        } catch (IOException | RuntimeException e) {
            onFailure.accept(e);
            throw e;
        }
    }

    private int measured(byte[] bytes, int offset, int length) throws IOException {
        int read = left == 0 ? -1 : in.read(bytes, offset, (int) Math.min(length, left));
        if (read < 0 && left > 0) {
            throw new SizeChangedException("ended after " + (size - left) + " of " + size + " bytes");
        }
        if (Math.max(read, 0) == left && in.read() >= 0) {
            throw new SizeChangedException("has grown beyond its " + size + " bytes");
        }
        left -= Math.max(read, 0);
        return read;
    }
}
