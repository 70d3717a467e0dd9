package sotto.node.vault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.util.List;

/** A real channel that notes each write and each force, by the name of its file. Confined to one thread. */
final class RecordingChannel extends FileChannel {
    private final FileChannel real;
    private final String name;
    private final List<String> notes;

    RecordingChannel(FileChannel real, Path path, List<String> notes) {
        this.real = real;
        this.name = path.getFileName().toString();
        this.notes = notes;
    }

    @Override
    public void force(boolean metaData) throws IOException {
        real.force(metaData);
        notes.add("sync " + name);
    }

    @Override
    public int write(ByteBuffer source, long position) throws IOException {
        notes.add("write " + name);
        return real.write(source, position);
    }

    @Override
    public int read(ByteBuffer target, long position) throws IOException {
        return real.read(target, position);
    }

    @Override
    public long size() throws IOException {
        return real.size();
    }

    @Override
    public FileLock tryLock(long position, long size, boolean shared) throws IOException {
        return real.tryLock(position, size, shared);
    }

    @Override
    protected void implCloseChannel() throws IOException {
        real.close();
    }

    @Override
    public int read(ByteBuffer target) {
        throw new UnsupportedOperationException("the vault says where it reads");
    }

    @Override
    public long read(ByteBuffer[] targets, int offset, int length) {
        throw new UnsupportedOperationException("the vault says where it reads");
    }

    @Override
    public int write(ByteBuffer source) {
        throw new UnsupportedOperationException("the vault says where it writes");
    }

    @Override
    public long write(ByteBuffer[] sources, int offset, int length) {
        throw new UnsupportedOperationException("the vault says where it writes");
    }

    @Override
    public long position() {
        throw new UnsupportedOperationException("the vault knows no position");
    }

    @Override
    public FileChannel position(long newPosition) {
        throw new UnsupportedOperationException("the vault knows no position");
    }

    @Override
    public FileChannel truncate(long size) {
        throw new UnsupportedOperationException("the vault cuts nothing off");
    }

    @Override
    public long transferTo(long position, long count, WritableByteChannel target) {
        throw new UnsupportedOperationException("the vault transfers nothing");
    }

    @Override
    public long transferFrom(ReadableByteChannel source, long position, long count) {
        throw new UnsupportedOperationException("the vault transfers nothing");
    }

    @Override
    public MappedByteBuffer map(MapMode mode, long position, long size) {
        throw new UnsupportedOperationException("the vault maps nothing");
    }

    @Override
    public FileLock lock(long position, long size, boolean shared) {
        throw new UnsupportedOperationException("the vault waits for no lock");
    }
}
