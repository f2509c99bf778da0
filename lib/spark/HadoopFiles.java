package anogan.spark;

import anogan.UserError;
import anogan.scans.FileStore;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.hadoop.fs.UnsupportedFileSystemException;

/**
 * A folder in one of Hadoop's file systems: {@code hdfs://host:port/scans}, {@code file:///scans}, and with their
 * libraries {@code s3a://bucket/scans}, {@code abfs://…}, {@code gs://…}.
 *
 * @param address  the folder
 * @param settings of Hadoop, where to reach it and who one is, such as {@code fs.s3a.endpoint}
 */
record HadoopFiles(URI address, Map<String, String> settings) implements FileStore {
    private static final String OF_SPARK = "spark.hadoop.";

    /** Whether a text is such an address, and no path. */
    static boolean isAddress(String text) {
        return text.matches("[a-z][a-z0-9.+-]+:/.*");
    }

    /**
     * @param  settings  of Spark; those that begin with {@code spark.hadoop.} are Hadoop's
     * @throws UserError if it is no address
     */
    static HadoopFiles of(String address, Map<String, String> settings) {
        Map<String, String> own = new TreeMap<>();
        settings.forEach((key, value) -> {
            if (key.startsWith(OF_SPARK)) own.put(key.substring(OF_SPARK.length()), value);
        });
        try {
            return new HadoopFiles(new Path(address).toUri(), own);
        } catch (IllegalArgumentException e) {
            throw UserError.usage("%s is no address of a folder, such as hdfs://host:8020/scans.", address);
        }
    }

    /** Reads the files of Hadoop's own settings, too. */
    private FileSystem system() throws IOException {
        Configuration configuration = new Configuration();
        settings.forEach(configuration::set);
        try {
            return FileSystem.get(address, configuration);
        } catch (UnsupportedFileSystemException | RuntimeException e) {
            boolean known = e instanceof RuntimeException && !String.valueOf(e).contains("ClassNotFoundException");
            if (known) throw new IOException("it cannot be reached (" + e.getMessage() + ")", e);
            throw new IOException("the library that reads " + address.getScheme() + ":// is not there, and is added as "
                    + "lib/README.md says", e);
        }
    }

    @Override
    public Connection connect() throws IOException {
        FileSystem system = system();
        return new Connection() {
            @Override
            public List<String> files() throws IOException {
                return list(system);
            }

            @Override
            public InputStream open(String file) throws IOException {
                return system.open(new Path(new Path(address), "./" + file));
            }
        };
    }

    private List<String> list(FileSystem system) throws IOException {
        Path folder = system.makeQualified(new Path(address));
        String above = folder.toUri().getPath().replaceFirst("/*$", "/");
        List<String> files = new ArrayList<>();
        RemoteIterator<LocatedFileStatus> all = system.listFiles(folder, true);
        while (all.hasNext()) files.add(all.next().getPath().toUri().getPath().substring(above.length()));
        if (files.contains("")) throw new FileNotFoundException("it is a file, and no folder");
        files.sort(null);
        return files;
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
