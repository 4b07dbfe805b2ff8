using ModelDsl.Generator.Layers.Primitives;

namespace ModelDsl.Generator.Tests.Primitives;

/// <summary>Sums of products by letters, beside loops over all indices in double precision.</summary>
public sealed class EinsumTests
{
    private static readonly Dictionary<char, int> Extents = new()
    {
        ['b'] = 3,
        ['i'] = 4,
        ['j'] = 5,
        ['k'] = 2,
        ['l'] = 3,
        ['h'] = 2,
        ['o'] = 1,
    };

    public static TheoryData<string, string> Cases
    {
        get
        {
            TheoryData<string, string> data = [];
            string[] equations =
            [
                "ij->ji", "ij->", "ij->j", "ijk->i", "ijk->kj", "ijk->j", "iij->j", "iij->ij", "iij->ji", "i->i",
                "ioj->jio",
                "ij", "ji",
            ];
            foreach (string equation in equations)
            {
                data.Add(equation, "-");
            }

            string[] pairs =
            [
                "ij,jk->ik", "ij,jk->ki", "ij,kj->ik", "ij,kj->ki", "ji,jk->ik", "ji,jk->ki", "ji,kj->ik", "ji,kj->ki",
                "bij,jk->bik", "bij,bjk->bik", "bij,bjk->ikb", "bij,bkj->bik", "ibj,bjk->bik", "ibj,kjb->bik",
                "bij,kj->bki",
                "ij,ij->ij", "ij,ij->ji", "ij,ji->ij", "ij,ij->", "ij,ij->i", "ij,ij->j", "ij,j->i", "ij,i->j", "i,i->",
                "i,i->i",
                "i,j->ij", "i,j->ji", "ij,j->ij", "ij,i->ji", "ij,kl->", "ij,kl->ik", "ij,kl->lkji", "ij,kl->jl",
                "ij,hjk->ihk", "ij,hjk->hik", "ihj,hjk->ik", "ihj,hjk->ki", "ijh,hjk->ik", "hij,hjk->ik", "ijl,jkl->ik",
                "bhi,bhk->bik", "bihj,bkhj->bhik", "bijo,jok->bik", "ij,jk", "iij,jk->ik", "ibkj,jlb->bilk", "ob,bo->",
                "ij,jkl->kl", "hbi,jkli->hjbkl",
            ];
            foreach (string equation in pairs)
            {
                data.Add(equation, "--");
                data.Add(equation, "-f");
                if (!equation.StartsWith("ii", StringComparison.Ordinal))
                {
                    data.Add(equation, "f-");
                }
            }

            foreach (string fixedOperands in (string[])["---", "-ff", "ff-", "f-f"])
            {
                data.Add("ij,jk,kl->il", fixedOperands);
                data.Add("ij,jk,kb->bi", fixedOperands);
                data.Add("bij,jk,bl->ilk", fixedOperands);
                data.Add("ij,ik,il->ljk", fixedOperands);
                data.Add("i,j,k->", fixedOperands);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Sum_of_products_and_its_gradients_match_loops_over_all_indices(string equation, string fixedOperands)
    {
        (string[] operands, string result) = Read(equation);
        var model = new PrimitiveModel();
        for (int i = 0; i < operands.Length; i++)
        {
            int[] shape = [.. operands[i].Select(letter => Extents[letter])];
            model = fixedOperands[i] == 'f' ? model.Fixed(shape) : model.Part(shape);
        }

        model.Then(typeof(EinsumAttribute), [.. Enumerable.Range(1, operands.Length)], ("equation", equation));
        Assert.Equal(Primitive.ShapeOf(result.Select(letter => Extents[letter])), model.Output());
        model.Matches(values => Naive(operands, result, values), tolerance: 2e-5);
    }

    [Fact]
    public void Operand_that_is_used_twice_gets_both_gradients() => new PrimitiveModel().Part(4, 5)
        .Then(typeof(EinsumAttribute), [1, 1], ("equation", "ij,kj->ik"))
        .Then(typeof(EinsumAttribute), [2, 2], ("equation", "ik,ik->ik"))
        .Matches(values =>
            [.. Naive(["ij", "kj"], "ik", [values[0], values[0]], new() { ['i'] = 4, ['j'] = 5, ['k'] = 4 })
            .Select(value => value * value)]);

    [Theory]
    [InlineData("ij,jk->ik", "MatrixMultiplication.Times(part1, fixed1.value, einsum1, batch·4, 2, 5)")]
    [InlineData("ij,kj->ik", "MatrixMultiplication.TimesTransposed(part1, fixed1.value, einsum1, batch·4, 2, 5)")]
    public void Product_with_a_parameter_is_one_of_all_rows_and_moves_nothing(string equation, string call)
    {
        (string[] operands, _) = Read(equation);
        PrimitiveModel model = new PrimitiveModel().Part(4, 5).Fixed([.. operands[1].Select(letter => Extents[letter])])
            .Then(typeof(EinsumAttribute), [1, 2], ("equation", equation));
        Assert.Contains(call, model.Forward(), StringComparison.Ordinal);
        Assert.DoesNotContain("Strides", model.Forward() + model.Backward(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("hid,hjd->hij", 0)]
    [InlineData("hij,hjd->hid", 0)]
    [InlineData("hjd,hid->hij", 0)]
    [InlineData("dhi,hjd->hij", 1)]
    [InlineData("id,hjd->hij", 1)]
    public void Products_of_many_matrices_move_only_what_does_not_lie_as_such(string equation, int moved)
    {
        (string[] operands, _) = Read(equation);
        Dictionary<char, int> extents = new() { ['h'] = 2, ['i'] = 3, ['j'] = 4, ['d'] = 5 };
        var model = new PrimitiveModel();
        foreach (string operand in operands)
        {
            model.Part([.. operand.Select(letter => extents[letter])]);
        }

        string program = model.Then(typeof(EinsumAttribute), [1, 2], ("equation", equation)).Forward();
        Assert.Equal(moved, program.Split("Strides.Copy").Length - 1);
        Assert.Single(program.Split("BatchedProduct.Multiply").Skip(1));
    }

    [Fact]
    public void Infinite_and_NaN_elements_reach_what_they_are_summed_to()
    {
        IDifferentiableModel model = new PrimitiveModel().Part(2, 2).Part(2, 2)
            .Then(typeof(EinsumAttribute), [1, 2], ("equation", "ij,jk->ki")).Load();
        float[] outputs = model.Forward([float.NaN, 1f, float.PositiveInfinity, 1f, 1f, 2f, 3f, 4f]).ToArray();
        Assert.Equal([float.NaN, float.PositiveInfinity, float.NaN, float.PositiveInfinity], outputs);
    }

    [Fact]
    public void First_letter_of_a_sequence_stays_its_steps()
    {
        string[] equations = ["ij,jk->ik", "ij,jk->ki", "ij,ij->i"];
        Assert.Equal([true, false, false], equations.Select(equation =>
        {
            (string[] operands, _) = Read(equation);
            CheckedModel model = new PrimitiveModel().Part(4, 5)
                .Then("ModelDsl.ToSequenceAttribute", [1])
                .Part([.. operands[1].Select(letter => Extents[letter])])
                .Then(typeof(EinsumAttribute), [2, 3], ("equation", equation)).Check();
            return model.Shaped.Layers[4].Output.IsSequence;
        }));
    }

    [Fact]
    public void Methods_say_it_on_a_tensor_and_on_the_type() => Assert.NotNull(TestCompiler.Load(
        """
        [Model, Input(6, 4), MeanSquaredError]
        public partial class Net
        {
            private static Tensor Forward(Tensor x, [Parameter(4, 3)] Tensor weight)
            {
                Tensor hidden = x.Einsum("ij,jk->ik", weight);
                Tensor scores = Tensor.Einsum("ij,kj->ik", hidden, hidden);
                return Tensor.Einsum("ik,kj,jl->il", scores, x, weight).Einsum("il->l");
            }
        }
        """));

    private static (string[] Operands, string Result) Read(string equation)
    {
        string[] sides = equation.Split("->");
        return (sides[0].Split(','), sides.Length > 1
            ? sides[1]
            : string.Concat(sides[0].Where(char.IsLetter).GroupBy(letter => letter)
                .Where(group => group.Count() == 1).Select(group => group.Key).Order()));
    }

    private static double[] Naive(
        string[] operands, string result, double[][] values, Dictionary<char, int>? sizes = null)
    {
        sizes ??= Extents;
        string letters = string.Concat(string.Concat(operands).Distinct());
        int[] shape = [.. letters.Select(letter => sizes[letter])];
        int Size(string of) => of.Aggregate(1, (product, letter) => product * sizes[letter]);
        double[] sums = new double[Size(result)];
        int[] place = new int[letters.Length];
        for (int number = 0; number < Size(letters); number++)
        {
            int rest = number;
            for (int i = shape.Length - 1; i >= 0; i--)
            {
                (rest, place[i]) = Math.DivRem(rest, shape[i]);
            }

            int At(string of) => of.Aggregate(
                0, (index, letter) =>
                    (index * sizes[letter]) + place[letters.IndexOf(letter, StringComparison.Ordinal)]);
            sums[At(result)] += operands.Select((operand, i) => values[i][At(operand)]).Aggregate(1.0, (a, b) => a * b);
        }

        return sums;
    }
}
