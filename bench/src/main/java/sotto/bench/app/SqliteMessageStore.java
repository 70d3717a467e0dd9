package sotto.bench.app;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.sqlite.SQLiteConfig;
import org.sqlite.mc.SQLiteMCChacha20Config;

/** SQLite3MultipleCiphers with its default cipher, in WAL mode, every commit synced: what a messenger would use otherwise. */
final class SqliteMessageStore implements MessageStore {
    private final Path folder;
    private Connection connection;
    private PreparedStatement insert;
    private PreparedStatement select;

    SqliteMessageStore(Path folder) throws SQLException {
        this.folder = folder;
        this.connection = connect();
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate("create table message (id integer primary key, conversation integer not null,"
                    + " position integer not null, text text not null)");
            statement.executeUpdate("create unique index by_position on message (conversation, position)");
        }
        connection.setAutoCommit(false);
        this.insert = prepareInsert();
        this.select = prepareSelect();
    }

    @Override
    public long commit(List<Text> texts) throws SQLException {
        long before = System.nanoTime();
        for (Text text : texts) {
            insert.setInt(1, text.conversation());
            insert.setLong(2, text.position());
            insert.setString(3, text.text());
            insert.executeUpdate();
        }
        connection.commit();
        return System.nanoTime() - before;
    }

    @Override
    public Page newest(int conversation, int limit) throws SQLException {
        long before = System.nanoTime();
        select.setInt(1, conversation);
        select.setInt(2, limit);
        List<String> texts = new ArrayList<>(limit);
        try (ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return new Page(texts, System.nanoTime() - before);
    }

    @Override
    public Opening reopen() throws SQLException {
        close();
        long before = System.nanoTime();
        connection = connect();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select count(*) from sqlite_master")) {
            rows.next();
        }
        long opened = System.nanoTime();
        connection.setAutoCommit(false);
        insert = prepareInsert();
        select = prepareSelect();
        return new Opening(opened - before, 0);
    }

    @Override
    public long sizeBytes() throws Exception {
        return TemporaryFolder.sizeBytes(folder);
    }

    @Override
    public void close() throws SQLException {
        insert.close();
        select.close();
        connection.close();
    }

    private Connection connect() throws SQLException {
        SQLiteConfig config = new SQLiteMCChacha20Config()
                .withKey("correct horse battery staple")
                .build();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("rival.db"), config.toProperties());
    }

    private PreparedStatement prepareInsert() throws SQLException {
        return connection.prepareStatement("insert into message (conversation, position, text) values (?, ?, ?)");
    }

    private PreparedStatement prepareSelect() throws SQLException {
        return connection.prepareStatement(
                "select text from message where conversation = ? order by position desc limit ?");
    }
}
