package io.jenkins.plugins.servicenowconnector.agent;

import hudson.remoting.Channel;
import io.jenkins.plugins.servicenowconnector.engine.http.StreamedBody;
import java.io.IOException;
import java.io.InputStream;
import java.io.Serial;
import java.io.Serializable;

/**
 * A file that is on another node than the one that makes the call: its bytes come over the channel, a block for each question,
 * so that neither the controller nor an agent ever holds more than one, and nothing stays open.
 */
final class RelayedFile implements StreamedBody {

    @Serial
    private static final long serialVersionUID = 1L;

    private static final int BLOCK = 64 * 1024;

    private final String name;
    private final long size;
    private final Blocks blocks;

    /** @param blocks what gives the bytes, on the controller; on the agent it stands for that one */
    RelayedFile(String name, long size, Blocks blocks) {
        this.name = name;
        this.size = size;
        this.blocks = blocks;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public InputStream open() {
        return new BlockStream(blocks);
    }

    /** On its way to the agent the source becomes one that asks back, as long as the call lasts. */
    @Serial
    private Object writeReplace() {
        Channel channel = Channel.current();
        return channel == null ? this : new RelayedFile(name, size, channel.export(Blocks.class, blocks));
    }

    /** Gives a file's bytes in blocks; called over the channel. */
    public interface Blocks extends Serializable {

        /** The bytes from there on; none behind the end. */
        byte[] read(long offset, int length) throws IOException;
    }

    /** Reads block after block. */
    private static final class BlockStream extends InputStream {

        private final Blocks blocks;
        private byte[] block = new byte[0];
        private long offset;
        private int at;

        BlockStream(Blocks blocks) {
            this.blocks = blocks;
        }

        @Override
        public int read() throws IOException {
            return isAtEnd() ? -1 : block[at++] & 0xff;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (isAtEnd()) {
                return -1;
            }
            int count = Math.min(length, block.length - at);
            System.arraycopy(block, at, into, from, count);
            at += count;
            return count;
        }

        private boolean isAtEnd() throws IOException {
            if (at == block.length) {
                block = next();
                offset += block.length;
                at = 0;
            }
            return block.length == 0;
        }

        private byte[] next() throws IOException {
            try {
                return blocks.read(offset, BLOCK);
            } catch (RuntimeException e) {
                throw new UnreachableException("The node with the file cannot be reached.", e);
            }
        }
    }
}
