using Benchmarks.Bench.Measurement;
using Benchmarks.ScaleBench.Families;
using Benchmarks.ScaleBench.Report;
using Benchmarks.ScaleBench.Results;

namespace Benchmarks.ScaleBench.Tests;

public sealed class PointTests
{
    public static TheoryData<string> Families => [.. AllFamilies.List.Select(family => family.Name)];

    [Theory]
    [MemberData(nameof(Families))]
    public void Both_sides_of_the_smallest_size_agree_and_are_measured(string name)
    {
        Family family = AllFamilies.List.Single(candidate => candidate.Name == name);
        CompiledModel model = CompiledModel.Compile(family, family.Sizes[0]);

        SideComparison.Check(family, family.Sizes[0], model);
        ScalePoint point = PointMeasurement.Measure(
            family, family.Sizes[0], threads: 1, model, seconds: 0.01, "this one");

        foreach (SideResult side in new[] { point.Ours, point.Torch })
        {
            Assert.InRange(side.Step.Median, side.Step.Lower, side.Step.Upper);
            Assert.InRange(side.Memory.Before, 1, side.Memory.Peak);
        }
    }

    [Fact]
    public void A_family_keeps_points_of_one_machine()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        ScaleStore store = new(folder);
        store.Add(Point(size: 2, "old"));
        store.Add(Point(size: 1, "new"));
        store.Add(Point(size: 4, "new"));
        store.Add(Point(size: 4, "new"));

        Assert.Equal([1, 4], new ScaleStore(folder).Of("batch").Select(point => point.Size));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_same_points_give_the_same_plots()
    {
        ScalePoint[] points = [Point(size: 1, "one"), Point(size: 2, "one"), Point(size: 4, "one")];
        string[] folders = [Directory.CreateTempSubdirectory().FullName, Directory.CreateTempSubdirectory().FullName];
        foreach (string folder in folders)
        {
            ScalePlots.Write(AllFamilies.List[0], points, folder);
        }

        string[][] plots =
            [.. folders.Select(folder => Directory.GetFiles(Path.Combine(folder, "plots")).Order().ToArray())];
        Assert.Equal(2, plots[0].Length);
        Assert.Equal(plots[0].Select(File.ReadAllText), plots[1].Select(File.ReadAllText));
        Assert.All(plots[0], file => Assert.Contains("libtorch", File.ReadAllText(file), StringComparison.Ordinal));
        Array.ForEach(folders, folder => Directory.Delete(folder, recursive: true));
    }

    private static ScalePoint Point(int size, string machine)
    {
        SideResult side = new(
            new Spread(1e-3 * size, 0.9e-3 * size, 1.1e-3 * size),
            new Spread(1e-4 * size, 0.9e-4 * size, 1.1e-4 * size),
            new MemoryUse(3e7 + (1e6 * size), 3e7));
        return new ScalePoint("batch", size, 1, machine, side, side);
    }
}
