#:package System.CommandLine
#:property PublishAot=false
#:property ConcurrentGarbageCollection=false

// Compares the kernels of this tree with those of an earlier revision. From the root of a clone, with the machine
// otherwise idle:
//   dotnet run --file bench/Before.cs -- <revision, or a folder with a checkout> [--rows gemm norm] [--threads 1]
// Both builds of bench/ModelDsl.Bench are loaded into one process and each row's own side runs in turns, two
// milliseconds each. A process of its own for each side would not do: where memory and code happen to lie moves a row
// by far more than a change to its kernel, and the machine's clock drifts from one process to the next. Each row is
// made anew several times, since a kernel may depend on where its operands lie.
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.Loader;

Argument<string> revision =
    new("revision") { Description = "The revision, or a folder with a checkout, to compare with" };
Option<string[]> words = new("--rows")
{
    Description = "Only rows whose group or name contains one of these words, such as: gemm mlp",
    AllowMultipleArgumentsPerToken = true,
};
Option<int> threads = new("--threads") { Description = "The number of threads", DefaultValueFactory = _ => 1 };
Option<int> places = new("--places") { Description = "How often each row is made anew", DefaultValueFactory = _ => 7 };
Option<int> turns =
    new("--turns") { Description = "The turns of each side in each place", DefaultValueFactory = _ => 15 };
Option<string?> data = new("--data") { Description = "The folder with MNIST's four files" };

RootCommand command = new("Compares the kernels of this tree with those of an earlier revision.")
{
    revision, words, threads, places, turns, data,
};
command.SetAction(parsed =>
{
    string given = parsed.GetValue(revision)!;
    bool isFolder = Directory.Exists(given);
    string before = isFolder ? Path.GetFullPath(given) : Directory.CreateTempSubdirectory("modeldsl-before-").FullName;
    try
    {
        if (!isFolder)
        {
            Run("git", ["worktree", "add", "--detach", "--quiet", before, given], Environment.CurrentDirectory);
        }

        Bench[] sides = [.. new[] { before, Environment.CurrentDirectory }.Select(tree =>
        {
            Run("dotnet", ["build", "-c", "Release", "-v", "quiet", "bench/ModelDsl.Bench"], tree);
            return new Bench(tree, parsed.GetValue(threads), parsed.GetValue(data));
        })];
        Console.WriteLine("| work | before | now | now / before | in the places |");
        Console.WriteLine("|---|--:|--:|--:|--:|");
        foreach ((string name, Func<Side> makeBefore) in sides[0].Rows)
        {
            if (sides[1].Rows.TryGetValue(name, out Func<Side>? makeNow)
                && IsWanted(name, parsed.GetValue(words) ?? []))
            {
                Console.WriteLine(Compare(name, makeBefore, makeNow, parsed.GetValue(places), parsed.GetValue(turns)));
            }
        }
    }
    finally
    {
        if (!isFolder)
        {
            Run("git", ["worktree", "remove", "--force", before], Environment.CurrentDirectory);
        }
    }
});
return command.Parse(args).Invoke();

static bool IsWanted(string name, string[] words) =>
    words.Length == 0 || words.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase));

static string Compare(string name, Func<Side> makeBefore, Func<Side> makeNow, int places, int turns)
{
    List<double> before = [], now = [], ratios = [], medians = [];
    for (int place = 0; place < places; place++)
    {
        // The side that is made and runs first changes from place to place.
        bool isSwapped = place % 2 == 1;
        using Side first = isSwapped ? makeNow() : makeBefore();
        using Side second = isSwapped ? makeBefore() : makeNow();
        first.WarmUp();
        second.WarmUp();
        List<double> here = [];
        for (int turn = 0; turn < turns; turn++)
        {
            double a = first.Sample(), b = second.Sample();
            (double old, double current) = isSwapped ? (b, a) : (a, b);
            before.Add(old);
            now.Add(current);
            here.Add(current / old);
        }

        ratios.AddRange(here);
        medians.Add(Median(here));
    }

    return string.Create(
        CultureInfo.InvariantCulture,
        $"| {name} | {Median(before) * 1e6:G4} µs | {Median(now) * 1e6:G4} µs | {Median(ratios):F3} "
            + $"| {medians.Min():F3} to {medians.Max():F3} |");
}

static double Median(List<double> values)
{
    double[] sorted = [.. values.Order()];
    return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
}

static void Run(string program, string[] arguments, string folder)
{
    using Process process = Process.Start(new ProcessStartInfo(program, arguments)
    {
        WorkingDirectory = folder,
        RedirectStandardOutput = true,
    })!;
    string text = process.StandardOutput.ReadToEnd();
    process.WaitForExit();
    if (process.ExitCode != 0)
    {
        throw new InvalidOperationException(
            $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}:\n{text}");
    }
}

// The rows of one build, with their own side only, found by reflection: the other build's types have the same names.
internal sealed class Bench
{
    public Bench(string tree, int threads, string? data)
    {
        string path = Directory.EnumerateFiles(
            Path.Combine(tree, "bench", "ModelDsl.Bench", "bin", "Release"),
            "ModelDsl.Bench.dll",
            SearchOption.AllDirectories).First();
        AssemblyDependencyResolver resolver = new(path);
        AssemblyLoadContext context = new(tree);
        context.Resolving += (_, name) =>
            resolver.ResolveAssemblyToPath(name) is { } found ? context.LoadFromAssemblyPath(found) : null;
        Assembly bench = context.LoadFromAssemblyPath(path);
        Type pool = context.LoadFromAssemblyName(new AssemblyName("ModelDsl.Runtime")).GetTypes()
            .Single(type => type.Name == "WorkerPool");
        pool.GetProperty("ThreadCount")!.SetValue(null, threads);

        Type group = bench.GetTypes().Single(type => type.Name == "IRowGroup");
        foreach (Type type in bench.GetTypes().Where(type => type.IsClass && type.IsAssignableTo(group)))
        {
            // Groups take folders of data: training needs MNIST's; without MLPerf Tiny's, weights are drawn.
            object?[] arguments = [.. type.GetConstructors()[0].GetParameters()
                .Select(parameter => Activator.CreateInstance(parameter.ParameterType, data))];
            object rows = Activator.CreateInstance(type, arguments)!;
            foreach (object row in (IEnumerable<object>)group.GetMethod("GetRows")!.Invoke(rows, [threads])!)
            {
                Delegate make = Get<Delegate>(row, "Ours");
                Rows.TryAdd(
                    $"{Get<string>(row, "Group")}: {Get<string>(row, "Name")}",
                    () => new Side(InFolderOf(path, make)));
            }
        }
    }

    public Dictionary<string, Func<Side>> Rows { get; } = [];

    // Makes a side as its own program would: a row finds its files from the folder of the program that runs, which is
    // that of neither build here.
    private static object InFolderOf(string program, Delegate make)
    {
        const string BaseDirectory = "APP_CONTEXT_BASE_DIRECTORY";
        object? own = AppContext.GetData(BaseDirectory);
        AppContext.SetData(BaseDirectory, Path.GetDirectoryName(program) + Path.DirectorySeparatorChar);
        try
        {
            return make.DynamicInvoke()!;
        }
        finally
        {
            AppContext.SetData(BaseDirectory, own);
        }
    }

    private static T Get<T>(object instance, string property) =>
        (T)instance.GetType().GetProperty(property)!.GetValue(instance)!;
}

// One side of a row, ready to run.
internal sealed class Side(object contender) : IDisposable
{
    private const double SampleSeconds = 2e-3;

    private readonly Action _run = (Action)Property(contender, "Run")!;
    private readonly Action? _reset = (Action?)Property(contender, "Reset");
    private int _runs = 1;

    public void WarmUp()
    {
        // Tiered compilation counts calls and then compiles in the background, so a first burst and a pause come first.
        var clock = Stopwatch.StartNew();
        for (int call = 0; call < 3 || (call < 200 && clock.Elapsed.TotalSeconds < 0.1); call++)
        {
            Sample();
        }

        Thread.Sleep(120);
        while (_reset is null && Sample() * _runs < SampleSeconds)
        {
            _runs *= 2;
        }
    }

    // Seconds for each run. What a run destroys is restored outside the measured time.
    public double Sample()
    {
        _reset?.Invoke();
        long start = Stopwatch.GetTimestamp();
        for (int run = 0; run < _runs; run++)
        {
            _run();
        }

        return Stopwatch.GetElapsedTime(start).TotalSeconds / _runs;
    }

    public void Dispose() => (contender as IDisposable)?.Dispose();

    private static object? Property(object instance, string name) =>
        instance.GetType().GetProperty(name)!.GetValue(instance);
}
