package anogan.networks;

import com.sun.jna.NativeLibrary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.dnnl.global.dnnl;
import org.bytedeco.javacpp.Loader;

/**
 * The switch for the threads that oneDNN's primitives share out their work to. It belongs to the OpenMP library that
 * oneDNN has loaded, and is a setting of each calling thread. oneDNN itself has none, and Java's environment comes too
 * late. Where the library is not found, the threads stay as it has them.
 */
public final class OpenMp {
    private static final Optional<NativeLibrary> LIBRARY = find();

    private OpenMp() {}

    /** Threads of the calling thread's primitives. */
    public static int threads() {
        return LIBRARY.map(l -> l.getFunction("omp_get_max_threads").invokeInt(new Object[0])).orElse(1);
    }

    public static void setThreads(int threads) {
        LIBRARY.ifPresent(l -> l.getFunction("omp_set_num_threads").invokeVoid(new Object[] {threads}));
    }

    /** By the name under which it was loaded on Linux, else by its file, else by the system's name on Windows. */
    private static Optional<NativeLibrary> find() {
        dnnl.dnnl_version();   // loads it
        List<String> names = new ArrayList<>(List.of("libgomp.so.1"));
        Loader.getLoadedLibraries().forEach((name, file) -> {
            if (name.contains("omp")) names.add(file);
        });
        names.add("vcomp140");
        for (String name : names) {
            try {
                NativeLibrary library = NativeLibrary.getInstance(name);
                library.getFunction("omp_set_num_threads");
                return Optional.of(library);
            } catch (UnsatisfiedLinkError e) {
                // the next one
            }
        }
        return Optional.empty();
    }
}
