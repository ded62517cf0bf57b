package io.jenkins.plugins.servicenowconnector.engine.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.jenkins.plugins.servicenowconnector.engine.http.MeasuredStream.SizeChangedException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuredStreamTest {

    private final List<Exception> heard = new ArrayList<>();

    private InputStream stream(int announced, int there) {
        return new MeasuredStream(new ByteArrayInputStream(new byte[there]), announced, heard::add);
    }

    private static int readAll(InputStream in, int blockSize) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] block = new byte[blockSize];
        try {
            for (int read = in.read(block); read >= 0; read = in.read(block)) {
                out.write(block, 0, read);
            }
        } catch (IOException e) {
            return out.size();
        }
        return out.size();
    }

    @ParameterizedTest
    @CsvSource({"100,1", "100,10", "100,99", "100,100", "100,1000", "0,10"})
    void streamOfItsSizeComesWholeInBlocksOfAnySize(int size, int blockSize) {
        assertThat(readAll(stream(size, size), blockSize)).isEqualTo(size);
        assertThat(heard).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1", "10", "99", "100", "1000"})
    void lastBytesAreHeldBackWhereMoreFollow(int blockSize) {
        assertThat(readAll(stream(100, 101), blockSize)).isLessThan(100);
        assertThat(heard).singleElement().isInstanceOf(SizeChangedException.class);
    }

    @ParameterizedTest
    @CsvSource({"1", "10", "99", "100", "1000"})
    void earlyEndIsAFailure(int blockSize) {
        assertThat(readAll(stream(100, 99), blockSize)).isEqualTo(99);
        assertThat(heard).singleElement().isInstanceOf(SizeChangedException.class);
    }

    @Test
    void streamOfNothingThatHoldsSomethingIsAFailure() {
        InputStream in = stream(0, 1);

        assertThatThrownBy(in::read).isInstanceOf(SizeChangedException.class);
    }

    @Test
    void singleBytesAreReadAsTheyAre() throws IOException {
        InputStream in = new MeasuredStream(new ByteArrayInputStream(new byte[] {(byte) 0xff}), 1, heard::add);

        assertThat(in.read()).isEqualTo(0xff);
        assertThat(in.read()).isEqualTo(-1);
    }
}
