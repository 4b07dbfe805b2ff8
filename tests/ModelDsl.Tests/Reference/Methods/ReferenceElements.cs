namespace ModelDsl.Tests.Reference.Methods;

// Functions of each element, and of several elements with broadcasting.
public sealed partial class ReferenceTensor
{
    public static ReferenceTensor operator +(ReferenceTensor left, ReferenceTensor right) =>
        Pair(left, right, (x, y) => x + y);

    public static ReferenceTensor operator -(ReferenceTensor left, ReferenceTensor right) =>
        Pair(left, right, (x, y) => x - y);

    public static ReferenceTensor operator *(ReferenceTensor left, ReferenceTensor right) =>
        Pair(left, right, (x, y) => x * y);

    public static ReferenceTensor operator /(ReferenceTensor left, ReferenceTensor right) =>
        Pair(left, right, (x, y) => x / y);

    public static ReferenceTensor operator -(ReferenceTensor tensor) => tensor.Map(x => -x);

    public static ReferenceTensor operator <(ReferenceTensor left, ReferenceTensor right) =>
        Pair(left, right, (x, y) => x < y ? 1 : 0);

    public static ReferenceTensor operator >(ReferenceTensor left, ReferenceTensor right) =>
        Pair(left, right, (x, y) => x > y ? 1 : 0);

    public static ReferenceTensor operator <=(ReferenceTensor left, ReferenceTensor right) =>
        Pair(left, right, (x, y) => x <= y ? 1 : 0);

    public static ReferenceTensor operator >=(ReferenceTensor left, ReferenceTensor right) =>
        Pair(left, right, (x, y) => x >= y ? 1 : 0);

    public ReferenceTensor Exp() => Map(Math.Exp);

    public ReferenceTensor Log() => Map(Math.Log);

    public ReferenceTensor Sqrt() => Map(Math.Sqrt);

    public ReferenceTensor Square() => Map(x => x * x);

    public ReferenceTensor Abs() => Map(Math.Abs);

    public ReferenceTensor Sin() => Map(Math.Sin);

    public ReferenceTensor Cos() => Map(Math.Cos);

    public ReferenceTensor Reciprocal() => Map(x => 1 / x);

    public ReferenceTensor Sign() => Map(x => Math.Sign(x));

    public ReferenceTensor Maximum(ReferenceTensor other) => Pair(this, other, Math.Max);

    public ReferenceTensor Minimum(ReferenceTensor other) => Pair(this, other, Math.Min);

    public ReferenceTensor Power(ReferenceTensor exponent) => Pair(this, exponent, Math.Pow);

    public static ReferenceTensor Where(
        ReferenceTensor condition, ReferenceTensor whenTrue, ReferenceTensor whenFalse) =>
        Combine([condition, whenTrue, whenFalse], x => x[0] != 0 ? x[1] : x[2]);

    private ReferenceTensor Map(Func<double, double> function) => Make([this], Shape, x => [.. x[0].Select(function)]);

    private static ReferenceTensor Pair(
        ReferenceTensor left, ReferenceTensor right, Func<double, double, double> function) =>
        Combine([left, right], x => function(x[0], x[1]));

    // By numpy's rules: an extent of 1, or one that is missing at the front, is stretched.
    private static ReferenceTensor Combine(ReferenceTensor[] tensors, Func<double[], double> function)
    {
        int rank = tensors.Max(tensor => tensor.Shape.Length);
        int[] shape =
            [.. Enumerable.Range(0, rank).Select(i => tensors.Max(tensor => ExtentOf(tensor.Shape, i, rank)))];
        foreach (int[] other in tensors.Select(tensor => tensor.Shape))
        {
            Assert.All(other, (extent, i) => Assert.True(extent == 1 || extent == shape[rank - other.Length + i]));
        }

        int[][] indices =
        [
            .. tensors.Select(tensor => Places(shape)
                .Select(place => IndexOf(
                    [.. tensor.Shape.Select((extent, i) => extent == 1 ? 0 : place[rank - tensor.Shape.Length + i])],
                        tensor.Shape))
                .ToArray()),
        ];
        double[] operands = new double[tensors.Length];
        return Make(tensors, shape, x =>
        {
            double[] result = new double[indices[0].Length];
            for (int i = 0; i < result.Length; i++)
            {
                for (int operand = 0; operand < operands.Length; operand++)
                {
                    operands[operand] = x[operand][indices[operand][i]];
                }

                result[i] = function(operands);
            }

            return result;
        });
    }

    private static int ExtentOf(int[] shape, int dimension, int rank) =>
        dimension < rank - shape.Length ? 1 : shape[dimension - rank + shape.Length];
}
