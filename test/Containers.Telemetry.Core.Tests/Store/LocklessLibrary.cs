using System.ComponentModel;
using System.Diagnostics;

namespace Containers.Telemetry.Core.Tests.Store;

/// <summary>A library for <c>LD_PRELOAD</c>: every file system of the process then behaves like one without locks.</summary>
internal static class LocklessLibrary
{
    private const string Source = """
        #define _GNU_SOURCE
        #include <dlfcn.h>
        #include <errno.h>
        #include <fcntl.h>
        #include <stdarg.h>

        int flock(int file, int operation) { errno = ENOLCK; return -1; }

        static int control(int file, int command, void *argument) {
            if (command == F_SETLK || command == F_SETLKW) { errno = ENOLCK; return -1; }
            int (*next)(int, int, ...) = dlsym(RTLD_NEXT, "fcntl");
            return next(file, command, argument);
        }

        #define FORWARD va_list list; va_start(list, command); void *argument = va_arg(list, void *); va_end(list); return control(file, command, argument);
        int fcntl(int file, int command, ...) { FORWARD }
        int fcntl64(int file, int command, ...) { FORWARD }
        """;

    /// <summary>Compiles the library. Without a C compiler the test is inconclusive.</summary>
    public static string Compile(string path)
    {
        File.WriteAllText(path + ".c", Source);
        try
        {
            using var compiler = Process.Start("cc", ["-shared", "-fPIC", "-o", path, path + ".c", "-ldl"]);
            compiler.WaitForExit();
            Assert.AreEqual(0, compiler.ExitCode);
        }
        catch (Win32Exception)
        {
            Assert.Inconclusive("No C compiler: install cc, which compiles the library without locks.");
        }

        return path;
    }
}
