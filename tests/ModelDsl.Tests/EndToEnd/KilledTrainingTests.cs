using System.Diagnostics;
using ModelDsl.KilledTraining;

namespace ModelDsl.Tests.EndToEnd;

/// <summary>Kills a real process, and lets another go on where it was.</summary>
public sealed class KilledTrainingTests
{
    // More than twice what a process takes to start, so that most get to train.
    private const int LongestLife = 500;

    [Fact]
    public void A_training_killed_at_any_moment_ends_with_the_bits_of_one_that_never_stopped() =>
        AssertGoesOn(kills: 50, [], "data.safetensors", "history.csv", "result.txt", "run.safetensors");

    [Fact]
    public void A_loop_of_ones_own_killed_at_any_moment_ends_with_the_bits_of_one_that_never_stopped() =>
        AssertGoesOn(kills: 15, ["loop"], "result.txt", "run.safetensors");

    private static void AssertGoesOn(int kills, string[] arguments, params string[] files)
    {
        string expected = InFolder(folder =>
        {
            using Process process = Start(folder, arguments);
            process.WaitForExit();
            return Result(folder) ?? throw new InvalidOperationException("the training wrote no result");
        });
        var random = new Random(1);
        int killed = 0;
        while (killed < kills)
        {
            string result = InFolder(folder =>
            {
                string trained = TrainAndKill(folder, arguments, random, kills, ref killed);
                Assert.Equal(files, Directory.GetFiles(folder).Select(file => Path.GetFileName(file)).Order());
                return trained;
            });
            Assert.Equal(expected, result);
        }
    }

    // Once nothing is left to kill for, the training runs to its end.
    private static string TrainAndKill(string folder, string[] arguments, Random random, int kills, ref int killed)
    {
        string? result;
        while ((result = Result(folder)) is null)
        {
            using Process process = Start(folder, arguments);
            if (killed >= kills)
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

        return result;
    }

    private static Process Start(string folder, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true };
        start.ArgumentList.Add(typeof(Net).Assembly.Location);
        start.ArgumentList.Add(folder);
        Array.ForEach(arguments, start.ArgumentList.Add);
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
