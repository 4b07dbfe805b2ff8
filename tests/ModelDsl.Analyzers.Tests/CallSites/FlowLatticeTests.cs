using CsCheck;
using Microsoft.CodeAnalysis.FlowAnalysis;
using ModelDsl.Generator.Analysis.CallSites;
using ModelDsl.Generator.Common;

namespace ModelDsl.Analyzers.Tests.CallSites;

/// <summary>What the analysis iterates over is a lattice of finite height, so it ends whatever the code.</summary>
public sealed class FlowLatticeTests
{
    private static readonly ISymbol[] Variables =
        [.. TestCompiler.CreateCompilation("class C { int a, b, c, d, e; }").GetTypeByMetadataName("C")!.GetMembers().OfType<IFieldSymbol>()];

    private static readonly CaptureId[] Captures = FindCaptures();

    private static readonly Gen<int?> Fact = Gen.Int[0, 3].Select(number => number == 0 ? (int?)null : number);

    private static readonly Gen<EquatableArray<int>> List =
        Gen.Int[0, 2].Array[0, 3].Select(numbers => numbers.Distinct().Order().ToEquatableArray());

    private static readonly Gen<Known> AnyValue = Gen.Select(
        Gen.Enum<KnownKind>(), Gen.Select(Fact, List, List), Gen.Select(Fact, Fact, Fact), Gen.Int[0, 2], Gen.Select(
            Gen.Bool, Gen.Bool, Gen.Bool),
        (kind, memory, targets, owner, flags) => new Known(kind)
        {
            Count = memory.Item1,
            Dimensions = memory.Item2,
            Elements = memory.Item3,
            Labels = targets.Item1,
            Values = targets.Item2,
            Classes = targets.Item3,
            Owner = owner == 0 ? null : Variables[owner],
            IsDeclared = flags.Item1,
            IsStale = flags.Item2,
            IsCopy = flags.Item3,
        });

    // Values that differ in little, so that joins keep something; and nothing at all.
    private static readonly Gen<Known?> Value = Gen.Frequency(
        (1, Gen.Const((Known?)null)),
        (3, Gen.Int[0, 2].Select(number => (Known?)Known.Number(number))),
        (3, Gen.Int[0, 2].Select(number => (Known?)Known.Memory(number))),
        (5, AnyValue.Select(value => (Known?)value)));

    private static readonly Gen<FlowState> State = Gen.Select(Value.Array[5], Value.Array[2], (variables, captures) =>
    {
        var state = new FlowState();
        for (int i = 0; i < variables.Length; i++)
        {
            state[Variables[i]] = Normal(variables[i]);
        }

        for (int i = 0; i < captures.Length; i++)
        {
            state[Captures[i]] = Normal(captures[i]);
        }

        return state;
    });

    [Fact]
    public void Join_of_values_is_idempotent() =>
        Value.Sample(value => Assert.Equal(Normal(value), Known.Join(Normal(value), Normal(value))));

    [Fact]
    public void Join_of_values_is_commutative() =>
        Gen.Select(Value, Value).Sample((one, other) => Assert.Equal(Known.Join(one, other), Known.Join(other, one)));

    [Fact]
    public void Join_of_values_is_associative() =>
        Gen.Select(Value, Value, Value).Sample((a, b, c) =>
            Assert.Equal(Known.Join(Known.Join(a, b), c), Known.Join(a, Known.Join(b, c))));

    [Fact]
    public void Join_of_values_is_an_upper_bound_and_monotone() =>
        Gen.Select(Value, Value, Value).Sample((a, b, c) =>
        {
            Known? joined = Known.Join(a, b);
            Assert.True(IsBelow(Normal(a), joined) && IsBelow(Normal(b), joined));

            // a is below a join b, so a join c is below that join c.
            Assert.True(IsBelow(Known.Join(a, c), Known.Join(joined, c)));
        });

    [Fact]
    public void Values_lose_facts_no_more_often_than_they_have_facts() =>
        Value.Array[40].Sample(values =>
        {
            Known? known = Normal(values[0]);
            int losses = 0;
            foreach (Known? value in values)
            {
                Known? joined = Known.Join(known, value);
                losses += Equals(joined, known) ? 0 : 1;
                known = joined;
            }

            Assert.InRange(losses, 0, Known.MostFacts + 1);
        });

    [Fact]
    public void Elements_that_are_kept_are_few() =>
        Gen.Int[-100, 100].HashSet[0, 50].Sample(elements =>
        {
            int[] kept = [.. Known.Extremes(elements)];
            Assert.Equal(kept.Order(), kept);
            Assert.True(kept.Length <= 4 && kept.All(elements.Contains));
            Assert.True(elements.Count == 0 || (kept[0] == elements.Min() && kept[^1] == elements.Max()));
        });

    [Fact]
    public void Join_of_states_is_idempotent() =>
        State.Sample(state =>
        {
            Assert.Null(state.JoinedWith(state));
            Assert.Null(state.JoinedWith(state.Clone()));
            Assert.Null(state.JoinedWith(Rebuilt(state)));
        });

    [Fact]
    public void Join_of_states_is_commutative() =>
        Gen.Select(State, State).Sample((one, other) => Assert.True(Join(one, other).HoldsTheSameAs(Join(other, one))));

    [Fact]
    public void Join_of_states_is_associative() =>
        Gen.Select(State, State, State).Sample((a, b, c) =>
            Assert.True(Join(Join(a, b), c).HoldsTheSameAs(Join(a, Join(b, c)))));

    [Fact]
    public void Join_of_states_is_an_upper_bound_and_monotone() =>
        Gen.Select(State, State, State).Sample((a, b, c) =>
        {
            FlowState joined = Join(a, b);
            Assert.True(IsBelow(a, joined) && IsBelow(b, joined));
            Assert.True(IsBelow(Join(a, c), Join(joined, c)));
        });

    [Fact]
    public void Join_of_two_states_that_know_nothing_says_that_nothing_changed() =>
        Assert.Null(new FlowState().JoinedWith(new FlowState()));

    private static FlowState Join(FlowState one, FlowState other) => one.JoinedWith(other) ?? one;

    // What is above the other says less: joined with the other it is as it was.
    private static bool IsBelow(Known? one, Known? other) => Equals(Known.Join(one, other), other);

    private static bool IsBelow(FlowState one, FlowState other) => Join(one, other).HoldsTheSameAs(other);

    private static Known? Normal(Known? value) => value?.Equals(new Known(value.Kind)) == true ? null : value;

    // The same facts in other objects.
    private static FlowState Rebuilt(FlowState state)
    {
        var rebuilt = new FlowState();
        foreach (ISymbol variable in Variables)
        {
            rebuilt[variable] = state[variable] is { } known ? known with { } : null;
        }

        foreach (CaptureId capture in Captures)
        {
            rebuilt[capture] = state[capture] is { } known ? known with { } : null;
        }

        return rebuilt;
    }

    private static CaptureId[] FindCaptures()
    {
        CSharpCompilation compilation = TestCompiler.CreateCompilation(
            "class C { int F(bool x, int a) => G(a, x ? a : 1); int G(int a, int b) => a; }");
        SyntaxTree tree = compilation.SyntaxTrees[0];
        SyntaxNode method = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().First();
        ControlFlowGraph graph = ControlFlowGraph.Create(method, compilation.GetSemanticModel(tree))!;
        return [.. graph.Blocks.SelectMany(block => block.Operations).OfType<IFlowCaptureOperation>().Select(capture => capture.Id).Distinct().Take(2)];
    }
}
