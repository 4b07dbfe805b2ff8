using System.Diagnostics;
using System.Globalization;
using Benchmarks.ScaleBench.Families;
using Benchmarks.ScaleBench.Results;

namespace Benchmarks.ScaleBench.Workers;

/// <summary>A worker, as the process that starts it sees it.</summary>
internal sealed class WorkerProcess : IDisposable
{
    private readonly Process _process;

    /// <summary>Starts a worker.</summary>
    public WorkerProcess(string side, Family family, int size, int threads, CompiledModel model)
    {
        bool isHosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet";
        Side = side;
        _process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!,
            [
                .. isHosted ? [typeof(Worker).Assembly.Location] : Array.Empty<string>(),
                Worker.Argument,
                side,
                family.Name,
                size.ToString(CultureInfo.InvariantCulture),
                threads.ToString(CultureInfo.InvariantCulture),
                model.Path,
            ])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }

    /// <summary>Whose model it holds.</summary>
    public string Side { get; }

    /// <summary>Tells the worker to do something.</summary>
    public void Tell(string command)
    {
        _process.StandardInput.WriteLine(command);
        _process.StandardInput.Flush();
    }

    /// <summary>Waits for the answer.</summary>
    /// <exception cref="WorkerEndedException">The process has ended.</exception>
    public string Hear()
    {
        if (_process.StandardOutput.ReadLine() is { } answer)
        {
            return answer;
        }

        _process.WaitForExit();
        throw new WorkerEndedException($"{Side} ended with exit code {_process.ExitCode}");
    }

    /// <summary>Takes a sample.</summary>
    /// <returns>The number of undisturbed samples so far.</returns>
    public int TakeTurn()
    {
        Tell(Worker.Sample);
        return int.Parse(Hear(), CultureInfo.InvariantCulture);
    }

    /// <summary>The times of the samples: the undisturbed ones, if there are as many as wanted.</summary>
    public Spread ReadTimes(int wanted)
    {
        Tell(string.Create(CultureInfo.InvariantCulture, $"{Worker.Times} {wanted}"));
        double[] times = Numbers(Hear());
        return new Spread(times[0], times[1], times[2]);
    }

    /// <summary>The memory so far.</summary>
    public MemoryUse ReadMemory()
    {
        Tell(Worker.Memory);
        double[] bytes = Numbers(Hear());
        return new MemoryUse(bytes[0], bytes[1]);
    }

    /// <summary>Ends the process.</summary>
    public void Dispose()
    {
        _process.StandardInput.Close();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
        {
            _process.Kill();
        }

        _process.Dispose();
    }

    private static double[] Numbers(string text) =>
        [.. text.Split(' ').Select(word => double.Parse(word, CultureInfo.InvariantCulture))];
}
