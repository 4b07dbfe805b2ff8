using System.Diagnostics;
using ModelDsl.KilledTraining;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>Kills a real process, and lets another go on where it was.</summary>
public sealed class KilledTrainingTests
{
    private const int Kills = 50;

    // More than twice what a process takes to start, so that most get to train.
    private const int LongestLife = 500;

    [Fact]
    public void A_training_killed_at_any_moment_ends_with_the_bits_of_one_that_never_stopped()
    {
        string expected = InFolder(folder =>
        {
            using Process process = Start(folder);
            process.WaitForExit();
            return Result(folder) ?? throw new InvalidOperationException("the training wrote no result");
        });
        var random = new Random(1);
        int killed = 0;
        while (killed < Kills)
        {
            string result = InFolder(folder => TrainAndKill(folder, random, ref killed));
            Assert.Equal(expected, result);
        }
    }

    // Once nothing is left to kill for, the training runs to its end.
    private static string TrainAndKill(string folder, Random random, ref int killed)
    {
        string? result;
        while ((result = Result(folder)) is null)
        {
            using Process process = Start(folder);
            if (killed >= Kills)
            {
                process.WaitForExit();
                continue;
            }

            if (!process.WaitForExit(random.Next(LongestLife)))
            {
                process.Kill();
                process.WaitForExit();
                killed++;
            }
        }

        Assert.Equal(
            ["data.safetensors", "history.csv", "result.txt", "run.safetensors"],
            Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order());
        return result;
    }

    private static Process Start(string folder)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Net).Assembly.Location);
        start.ArgumentList.Add(folder);
        return Process.Start(start)!;
    }

    private static string? Result(string folder)
    {
        string path = Path.Combine(folder, "result.txt");
        return File.Exists(path) ? File.ReadAllText(path) : null;
    }

    private static string InFolder(Func<string, string> action)
    {
        string folder = Directory.CreateTempSubdirectory("modeldsl-killed-").FullName;
        try
        {
            return action(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
