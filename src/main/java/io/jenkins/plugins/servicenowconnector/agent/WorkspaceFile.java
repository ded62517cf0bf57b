package io.jenkins.plugins.servicenowconnector.agent;

import hudson.FilePath;
import hudson.remoting.ChannelClosedException;
import hudson.remoting.VirtualChannel;
import io.jenkins.plugins.servicenowconnector.engine.http.LocalFile;
import io.jenkins.plugins.servicenowconnector.engine.http.StreamedBody;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.NotSerializableException;
import java.io.ObjectOutputStream;
import java.io.RandomAccessFile;
import java.io.Serial;
import java.util.Arrays;
import jenkins.MasterToSlaveFileCallable;

/**
 * A file of a workspace that is to be sent: read where it is if that node makes the call, else passed on in blocks.
 *
 * <p>It stays on the controller; {@link #at} makes what travels.
 */
public final class WorkspaceFile implements StreamedBody {

    @Serial
    private static final long serialVersionUID = 1L;

    private final FilePath file;
    private final LocalFile local;

    private WorkspaceFile(FilePath file, LocalFile local) {
        this.file = file;
        this.local = local;
    }

    /** The file as it is now. */
    public static WorkspaceFile of(FilePath file) throws IOException, InterruptedException {
        return new WorkspaceFile(file, new LocalFile(file.getRemote(), file.getName(), file.length()));
    }

    @Override
    public String name() {
        return local.name();
    }

    @Override
    public long size() {
        return local.size();
    }

    /** Reads it over the channel of its node. */
    @Override
    public InputStream open() {
        return new RelayedFile(name(), size(), this::block).open();
    }

    /** The SHA-256 of its content, computed where it is. */
    public String sha256() throws IOException, InterruptedException {
        return file.act(new Hashing());
    }

    /** What travels to the node that makes the call. */
    StreamedBody at(VirtualChannel channel) {
        return file.getChannel() == channel ? local : new RelayedFile(name(), size(), this::block);
    }

    private byte[] block(long offset, int length) throws IOException {
        try {
            return file.act(new ReadBlock(offset, length));
        } catch (ChannelClosedException e) {
            throw new UnreachableException("The node with the file cannot be reached.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("given up while the file was being read", e);
        }
    }

    @Serial
    private void writeObject(ObjectOutputStream out) throws IOException {
        throw new NotSerializableException(getClass().getName());
    }

    private static final class Hashing extends MasterToSlaveFileCallable<String> {

        @Serial
        private static final long serialVersionUID = 1L;

        @Override
        public String invoke(File content, VirtualChannel channel) throws IOException {
            return LocalFile.of(content.toPath()).sha256();
        }
    }

    private static final class ReadBlock extends MasterToSlaveFileCallable<byte[]> {

        @Serial
        private static final long serialVersionUID = 1L;

        private final long offset;
        private final int length;

        ReadBlock(long offset, int length) {
            this.offset = offset;
            this.length = length;
        }

        @Override
        public byte[] invoke(File content, VirtualChannel channel) throws IOException {
            try (RandomAccessFile in = new RandomAccessFile(content, "r")) {
                if (offset >= in.length()) {
                    return new byte[0];
                }
                in.seek(offset);
                byte[] block = new byte[length];
                int read = 0;
                for (int count = 0; read < length && count >= 0; read += Math.max(count, 0)) {
                    count = in.read(block, read, length - read);
                }
                return read == length ? block : Arrays.copyOf(block, read);
            }
        }
    }
}
