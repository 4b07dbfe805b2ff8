using CsCheck;
using ModelDsl.Generator.Planning;
using ModelDsl.Generator.Tests.Pipeline;

namespace ModelDsl.Generator.Tests.Planning;

/// <summary>What finding places in memory costs, in looks rather than in time.</summary>
public sealed class MemoryPlanCostTests
{
    // Ten times the copies may cost ten times the looks, and a little more for the depth of the tree over time.
    [Theory]
    [InlineData("Residual", 100, 1000)]
    [InlineData("Transformer", 50, 500)]
    [InlineData("Normalized", 100, 1000)]
    [InlineData("Cells", 100, 1000)]
    [InlineData("Cells", 1000, 4000)]
    public void Looks_grow_nearly_linearly_with_the_copies_of_a_block(string block, int few, int many) =>
        Assert.InRange(CostOfAnOperation(block, many), 0, CostOfAnOperation(block, few) * 1.7);

    [Fact]
    public void Every_part_is_placed_where_a_search_through_all_others_would_place_it() =>
        Gen.Select(Gen.Int[0, 30], Gen.Int[0, 30], Gen.Int[1, 5])
            .Array[1, 60]
            .Sample(parts =>
            {
                var taken = new TakenMemory(31, CancellationToken.None);
                var placed = new List<(int First, int Last, int Offset, int Length)>();
                foreach ((int one, int other, int length) in parts)
                {
                    (int first, int last) = (Math.Min(one, other), Math.Max(one, other));
                    int offset = taken.FirstFit(first, last, length);
                    Assert.Equal(Search(placed, first, last, length), offset);
                    taken.Take(first, last, offset, length);
                    placed.Add((first, last, offset, length));
                }
            });

    [Fact]
    public void A_part_is_free_again_when_its_time_is_over()
    {
        var taken = new TakenMemory(10, CancellationToken.None);
        taken.Take(2, 5, 0, 16);
        Assert.Equal(0, taken.FirstFit(6, 9, 16));
        Assert.Equal(0, taken.FirstFit(0, 1, 16));
        Assert.Equal(16, taken.FirstFit(5, 6, 1));
        Assert.Equal(16, taken.FirstFit(0, 9, 1));
        Assert.Equal(16, taken.FirstFit(3, 3, 1));
    }

    // The lowest offset, among 0 and the ends of others, that meets no part of the same time.
    private static int Search(
        List<(int First, int Last, int Offset, int Length)> placed, int first, int last, int length) =>
        placed
            .Select(other => other.Offset + other.Length)
            .Prepend(0)
            .Order()
            .First(offset => placed.TrueForAll(other =>
                other.Last < first
                || last < other.First
                || offset + length <= other.Offset
                || other.Offset + other.Length <= offset));

    private static double CostOfAnOperation(string block, int copies)
    {
        string source = block switch
        {
            "Residual" => Stages.Residual(copies),
            "Transformer" => Stages.Transformer(copies),
            "Cells" => Stages.Cells(copies),
            _ => Stages.Normalized(copies),
        };
        ExecutionPlan plan = new Stages(source).Planned.Training;
        Assert.True(plan.Memory.Steps >= plan.Operations.Count);
        return plan.Memory.Steps / (double)plan.Operations.Count;
    }
}
