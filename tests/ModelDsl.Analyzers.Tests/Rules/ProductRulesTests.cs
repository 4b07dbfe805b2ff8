using System.Globalization;
using ModelDsl.Generator.Layers.Primitives;
using ModelDsl.Generator.Tests.Primitives;

namespace ModelDsl.Analyzers.Tests.Rules;

/// <summary>The rules of what methods are made of.</summary>
public sealed class ProductRulesTests
{
    [Fact]
    public void Product_of_other_inner_extents_reports_MDL0411() =>
        AssertReports(
            "MDL0411",
            "A product sums over the columns of the left operand and the rows of the right one, but 3x4 from Part has 4 columns and 5x6 "
            + "has 5 rows",
            Product([3, 4], [5, 6]));

    [Fact]
    public void Product_of_equal_inner_extents_does_not_report_MDL0411() => AssertSilent(Product([3, 4], [4, 6]));

    [Fact]
    public void Products_of_other_numbers_of_matrices_report_MDL0412() =>
        AssertReports(
            "MDL0412",
            "The dimensions before the last two of the operands of a product must be equal, or 1, or missing, but they are 2x3x4 from "
            + "Part and 3x4x5",
            Product([2, 3, 4], [3, 4, 5]));

    [Fact]
    public void Products_with_one_matrix_do_not_report_MDL0412() => AssertSilent(Product([2, 3, 4], [1, 4, 5]));

    [Fact]
    public void Attention_to_keys_of_other_widths_reports_MDL0415() =>
        AssertReports(
            "MDL0415",
            "Attention cannot take queries of 3x4 from Part to keys of 5x6 and values of 5x6: keys and values must have 4 features for "
            + "1 heads",
            Attention([3, 4], [5, 6], [5, 6]));

    [Fact]
    public void Attention_to_more_keys_does_not_report_MDL0415() => AssertSilent(Attention([3, 4], [5, 4], [5, 4]));

    [Fact]
    public void Mask_of_another_shape_reports_MDL0416() =>
        AssertReports(
            "MDL0416",
            "Attention adds its mask to the scores of 3 queries and 5 keys, or to those of each key, but the mask is 5x3",
            Attention([3, 4], [5, 4], [5, 4], [5, 3]));

    [Fact]
    public void Mask_of_the_scores_does_not_report_MDL0416() => AssertSilent(Attention([3, 4], [5, 4], [5, 4], [3, 5]));

    [Theory]
    [InlineData("...ij,jk->ik", "an ellipsis cannot stand for dimensions, each of which needs its letter")]
    [InlineData(
        "ij;jk->ik", "';' is no letter from a to z or A to Z, a comma between operands, or one -> before the result")]
    [InlineData(
        "ij,jk->i->k", "'-' is no letter from a to z or A to Z, a comma between operands, or one -> before the result")]
    [InlineData("ij,jk->il", "the result has 'l', which no operand has")]
    [InlineData("ij,jk->ii", "the result has 'i' twice")]
    [InlineData("ij->i", "it names 1 operands, but gets 2")]
    [InlineData("ij,jk,kl->il", "it names 3 operands, but gets 2")]
    public void Equation_that_cannot_be_read_reports_MDL0431(string equation, string reason) =>
        AssertReports(
            "MDL0431", $"'Einsum' has an equation that cannot be read: {reason}", Einsum(equation, [3, 4], [4, 5]));

    [Theory]
    [InlineData("ij,jk->ik")]
    [InlineData(" aB, Bc -> cB ")]
    [InlineData("ij,jk")]
    [InlineData("ij,kl->")]
    public void Equation_of_letters_does_not_report_MDL0431(string equation) =>
        AssertSilent(Einsum(equation, [3, 4], [4, 5]));

    [Theory]
    [InlineData("ij,ik->jk", "4x5 from Part: 'i' is 4 here, and 3 before")]
    [InlineData("ij,jkl->ik", "4x5 from Part: 'jkl' has 3 letters for 2 dimensions")]
    [InlineData("ii,ik->k", "3x4 from Part: 'i' is 4 here, and 3 before")]
    [InlineData(",jk->k", "3x4 from Part: '' has 0 letters for 2 dimensions")]
    public void Letters_that_do_not_fit_report_MDL0432(string equation, string obstacle) =>
        AssertReports(
            "MDL0432", $"'Einsum' cannot name the dimensions of {obstacle}", Einsum(equation, [3, 4], [4, 5]));

    [Fact]
    public void Diagonal_of_a_parameter_reports_MDL0432() =>
        AssertReports(
            "MDL0432",
            "'Einsum' cannot name the dimensions of 4x4 from [Fixed]: 'jj' takes the diagonal of a parameter",
            new PrimitiveModel().Part(3, 4).Fixed(4, 4)
                .Then(typeof(EinsumAttribute), [1, 2], ("equation", "ij,jj->i")));

    [Fact]
    public void Letters_that_fit_do_not_report_MDL0432() => AssertSilent(Einsum("ij,jk->ik", [3, 4], [4, 5]));

    private static PrimitiveModel Einsum(string equation, int[] left, int[] right) =>
        new PrimitiveModel().Part(left).Part(right).Then(typeof(EinsumAttribute), [1, 2], ("equation", equation));

    private static PrimitiveModel Product(int[] left, int[] right) =>
        new PrimitiveModel().Part(left).Part(right).Then(typeof(MatMulAttribute), [1, 2]);

    private static PrimitiveModel Attention(params int[][] operands)
    {
        var model = new PrimitiveModel();
        foreach (int[] operand in operands)
        {
            model.Part(operand);
        }

        return model.Then(typeof(AttentionAttribute), [.. Enumerable.Range(1, operands.Length)]);
    }

    private static void AssertReports(string id, string message, PrimitiveModel model)
    {
        var issue = Assert.Single(model.Check().Issues);
        Assert.Equal(id, issue.Rule.Id);
        Assert.Equal(message, issue.Message.At(null).GetMessage(CultureInfo.InvariantCulture).Replace("[Part]", "Part", StringComparison.Ordinal));
    }

    private static void AssertSilent(PrimitiveModel model) => Assert.Empty(model.Check().Issues);
}
