// How time and memory grow with batch, width, depth, length and image: ours beside libtorch's, each point and side in a
// process of its own. Writes bench/results/scale.json, bench/plots and a part of bench/README.md, unless told
// --no-write.
using System.CommandLine;
using Benchmarks.ScaleBench;
using Benchmarks.ScaleBench.Families;
using Benchmarks.ScaleBench.Workers;

if (args is [Worker.Argument, .. string[] rest])
{
    Worker.Run(rest);
    return 0;
}

Option<string[]> families = new("--families")
{
    Description = $"Only these families, of: {string.Join(' ', AllFamilies.List.Select(family => family.Name))}",
    AllowMultipleArgumentsPerToken = true,
};
families.AcceptOnlyFromAmong([.. AllFamilies.List.Select(family => family.Name)]);
Option<int[]> threads = new("--threads")
{
    Description = "The numbers of threads",
    AllowMultipleArgumentsPerToken = true,
    DefaultValueFactory = _ => [1],
};
Option<int> points = new("--points")
{
    Description = "How many sizes of each family, from the smallest; 0 only makes tables and plots of what is kept",
    DefaultValueFactory = _ => int.MaxValue,
};
Option<double> seconds = new("--seconds")
{
    Description = "The time for each point's training, and again for its predictions",
    DefaultValueFactory = _ => 0.5,
};
Option<double> gibibytes = new("--gibibytes")
{
    Description = "The memory that both sides together may take; a family ends before",
    DefaultValueFactory = _ => 20,
};
Option<double> longest = new("--longest-step")
{
    Description = "The longest training step in seconds; a family ends before",
    DefaultValueFactory = _ => 20,
};
Option<bool> avx2 = new("--avx2") { Description = "Holds both sides back to AVX2 instructions" };
Option<bool> noWrite = new("--no-write")
{
    Description = "Leaves bench/README.md, bench/results and bench/plots as they are",
};

RootCommand command = new("Measures how time and memory of training and predicting grow, beside libtorch.")
{
    families, threads, points, seconds, gibibytes, longest, avx2, noWrite,
};
command.SetAction(parsed =>
{
    if (parsed.GetValue(avx2) && !Instructions.AreLimitedToAvx2)
    {
        return Instructions.RestartWithAvx2(args);
    }

    ScaleRun.Execute(new ScaleOptions(
        parsed.GetValue(families) ?? [],
        parsed.GetValue(threads)!,
        parsed.GetValue(points),
        parsed.GetValue(seconds),
        parsed.GetValue(gibibytes),
        parsed.GetValue(longest),
        !parsed.GetValue(noWrite)));
    return 0;
});
return command.Parse(args).Invoke();
