namespace ModelDsl;

// Made from the attributes of the layers; LayerMethodTests writes it anew where UPDATE_SNAPSHOTS is set.
public sealed partial class Tensor
{
    /// <summary>
    /// Applies a function of your own to each element: a struct that implements <see cref="IActivation"/> gives its
    /// value and its derivative. It is compiled into the kernels like a built-in one.
    /// </summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <typeparam name="TActivation">The function. The struct's default value is used.</typeparam>
    public Tensor Activation<TActivation>(string? name = null)
        where TActivation : struct, IActivation
        => throw IsOnlyRead();

    /// <summary>
    /// Passes its input x on, and adds (λ₁·Σ|x| + λ₂·Σx²) / batch to what training minimises: a penalty for large
    /// activations, which keeps them small or sparse. Keras' layer of the same name.
    /// </summary>
    /// <param name="l1">The factor λ₁ of the absolute values, at least 0. Default: 0.</param>
    /// <param name="l2">The factor λ₂ of the squares, at least 0. Default: 0.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor ActivityRegularization(double l1 = 0, double l2 = 0, string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Takes the mean of each window of steps, feature by feature: [steps, features] becomes [windows, features]. Only
    /// steps of the sequence count, unless <paramref name="countIncludePadding"/> is set.
    /// </summary>
    /// <param name="size">The number of steps of a window.</param>
    /// <param name="countIncludePadding">
    /// Whether pixels of the padding, which are zeros, count in the mean, as they do in PyTorch by default
    /// (<c>count_include_pad</c>). Default: false, as in Keras and ONNX. What a window of <paramref name="ceilMode"/>
    /// covers beyond the padding never counts.
    /// </param>
    /// <param name="stride">The distance between two windows in steps; 0, the default, stands for their size.</param>
    /// <param name="padding">How far windows reach beyond the ends. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The steps of padding at each end; fewer than the window has. Default: 0.</param>
    /// <param name="paddingLeft">
    /// The steps of padding before the first step; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The steps of padding behind the last step; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="dilation">The distance between two steps of a window. Default: 1.</param>
    /// <param name="ceilMode">
    /// Whether the number of windows is rounded up (PyTorch's <c>ceil_mode</c>): a last window may then reach beyond
    /// the image and its padding, unless it would start in the padding. Default: false. If true, there are ⌈(input +
    /// 2·padding - window) / stride⌉ + 1 rows, one fewer where the last would start at input + padding or later. It
    /// changes nothing under <see cref="Padding.Same"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor AvgPool1D(
        int size,
        bool countIncludePadding = false,
        int stride = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        int dilation = 1,
        bool ceilMode = false,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Takes the mean of each window, channel by channel. Only pixels within the image count, so a window at the border
    /// averages fewer of them, unless <paramref name="countIncludePadding"/> is set.
    /// </summary>
    /// <param name="kernelHeight">The window's height.</param>
    /// <param name="kernelWidth">The window's width.</param>
    /// <param name="countIncludePadding">
    /// Whether pixels of the padding, which are zeros, count in the mean, as they do in PyTorch by default
    /// (<c>count_include_pad</c>). Default: false, as in Keras and ONNX. What a window of <paramref name="ceilMode"/>
    /// covers beyond the padding never counts.
    /// </param>
    /// <param name="ceilMode">
    /// Whether the number of windows is rounded up (PyTorch's <c>ceil_mode</c>): a last window may then reach beyond
    /// the image and its padding, unless it would start in the padding. Default: false. If true, there are ⌈(input +
    /// 2·padding - window) / stride⌉ + 1 rows, one fewer where the last would start at input + padding or later. It
    /// changes nothing under <see cref="Padding.Same"/>.
    /// </param>
    /// <param name="dilation">The distance between two pixels of the window in both directions. Default: 1.</param>
    /// <param name="dilationHeight">
    /// The distance between two pixels of the window from top to bottom; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="dilationWidth">
    /// The distance between two pixels of the window from left to right; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in both directions, at least 1.</param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The pixels of padding at every border; fewer than the window has. Default: 0.</param>
    /// <param name="paddingHeight">
    /// The pixels of padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The pixels of padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingTop">
    /// The pixels of padding at the top; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingBottom">
    /// The pixels of padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingLeft">
    /// The pixels of padding at the left; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The pixels of padding at the right; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    [OverloadResolutionPriority(1)]
    public Tensor AvgPool2D(
        int kernelHeight,
        int kernelWidth,
        bool countIncludePadding = false,
        bool ceilMode = false,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        int stride = 0,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Takes the mean of each window, channel by channel. Only pixels within the image count, so a window at the border
    /// averages fewer of them, unless <paramref name="countIncludePadding"/> is set.
    /// </summary>
    /// <param name="size">The windows' height and width.</param>
    /// <param name="countIncludePadding">
    /// Whether pixels of the padding, which are zeros, count in the mean, as they do in PyTorch by default
    /// (<c>count_include_pad</c>). Default: false, as in Keras and ONNX. What a window of <paramref name="ceilMode"/>
    /// covers beyond the padding never counts.
    /// </param>
    /// <param name="ceilMode">
    /// Whether the number of windows is rounded up (PyTorch's <c>ceil_mode</c>): a last window may then reach beyond
    /// the image and its padding, unless it would start in the padding. Default: false. If true, there are ⌈(input +
    /// 2·padding - window) / stride⌉ + 1 rows, one fewer where the last would start at input + padding or later. It
    /// changes nothing under <see cref="Padding.Same"/>.
    /// </param>
    /// <param name="dilation">The distance between two pixels of the window in both directions. Default: 1.</param>
    /// <param name="dilationHeight">
    /// The distance between two pixels of the window from top to bottom; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="dilationWidth">
    /// The distance between two pixels of the window from left to right; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in both directions, at least 1.</param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The pixels of padding at every border; fewer than the window has. Default: 0.</param>
    /// <param name="paddingHeight">
    /// The pixels of padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The pixels of padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingTop">
    /// The pixels of padding at the top; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingBottom">
    /// The pixels of padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingLeft">
    /// The pixels of padding at the left; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The pixels of padding at the right; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor AvgPool2D(
        int size,
        bool countIncludePadding = false,
        bool ceilMode = false,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        int stride = 0,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Takes the mean of each window of a volume, channel by channel: [depth, height, width, channels] becomes [windows
    /// in depth, in height, in width, channels]. Only places within the volume count, unless
    /// <paramref name="countIncludePadding"/> is set.
    /// </summary>
    /// <param name="kernelDepth">The window's depth.</param>
    /// <param name="kernelHeight">The window's height.</param>
    /// <param name="kernelWidth">The window's width.</param>
    /// <param name="countIncludePadding">
    /// Whether pixels of the padding, which are zeros, count in the mean, as they do in PyTorch by default
    /// (<c>count_include_pad</c>). Default: false, as in Keras and ONNX. What a window of <paramref name="ceilMode"/>
    /// covers beyond the padding never counts.
    /// </param>
    /// <param name="ceilMode">
    /// Whether the number of windows is rounded up (PyTorch's <c>ceil_mode</c>): a last window may then reach beyond
    /// the image and its padding, unless it would start in the padding. Default: false. If true, there are ⌈(input +
    /// 2·padding - window) / stride⌉ + 1 rows, one fewer where the last would start at input + padding or later. It
    /// changes nothing under <see cref="Padding.Same"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in all directions, at least 1.</param>
    /// <param name="strideDepth">
    /// The distance between two windows in depth; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The padding at every border; less than the window has. Default: 0.</param>
    /// <param name="paddingDepth">The padding in front and behind; 0 stands for <paramref name="paddingSize"/>.</param>
    /// <param name="paddingHeight">
    /// The padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingFront">The padding in front; 0 stands for <paramref name="paddingDepth"/>.</param>
    /// <param name="paddingBack">The padding behind; 0 stands for <paramref name="paddingDepth"/>.</param>
    /// <param name="paddingTop">The padding at the top; 0 stands for <paramref name="paddingHeight"/>.</param>
    /// <param name="paddingBottom">The padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.</param>
    /// <param name="paddingLeft">The padding at the left; 0 stands for <paramref name="paddingWidth"/>.</param>
    /// <param name="paddingRight">The padding at the right; 0 stands for <paramref name="paddingWidth"/>.</param>
    /// <param name="dilation">The distance between two places of a window in all directions. Default: 1.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    [OverloadResolutionPriority(1)]
    public Tensor AvgPool3D(
        int kernelDepth,
        int kernelHeight,
        int kernelWidth,
        bool countIncludePadding = false,
        bool ceilMode = false,
        int stride = 0,
        int strideDepth = 0,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingDepth = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingFront = 0,
        int paddingBack = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        int dilation = 1,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Takes the mean of each window of a volume, channel by channel: [depth, height, width, channels] becomes [windows
    /// in depth, in height, in width, channels]. Only places within the volume count, unless
    /// <paramref name="countIncludePadding"/> is set.
    /// </summary>
    /// <param name="size">The windows' depth, height and width.</param>
    /// <param name="countIncludePadding">
    /// Whether pixels of the padding, which are zeros, count in the mean, as they do in PyTorch by default
    /// (<c>count_include_pad</c>). Default: false, as in Keras and ONNX. What a window of <paramref name="ceilMode"/>
    /// covers beyond the padding never counts.
    /// </param>
    /// <param name="ceilMode">
    /// Whether the number of windows is rounded up (PyTorch's <c>ceil_mode</c>): a last window may then reach beyond
    /// the image and its padding, unless it would start in the padding. Default: false. If true, there are ⌈(input +
    /// 2·padding - window) / stride⌉ + 1 rows, one fewer where the last would start at input + padding or later. It
    /// changes nothing under <see cref="Padding.Same"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in all directions, at least 1.</param>
    /// <param name="strideDepth">
    /// The distance between two windows in depth; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The padding at every border; less than the window has. Default: 0.</param>
    /// <param name="paddingDepth">The padding in front and behind; 0 stands for <paramref name="paddingSize"/>.</param>
    /// <param name="paddingHeight">
    /// The padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingFront">The padding in front; 0 stands for <paramref name="paddingDepth"/>.</param>
    /// <param name="paddingBack">The padding behind; 0 stands for <paramref name="paddingDepth"/>.</param>
    /// <param name="paddingTop">The padding at the top; 0 stands for <paramref name="paddingHeight"/>.</param>
    /// <param name="paddingBottom">The padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.</param>
    /// <param name="paddingLeft">The padding at the left; 0 stands for <paramref name="paddingWidth"/>.</param>
    /// <param name="paddingRight">The padding at the right; 0 stands for <paramref name="paddingWidth"/>.</param>
    /// <param name="dilation">The distance between two places of a window in all directions. Default: 1.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor AvgPool3D(
        int size,
        bool countIncludePadding = false,
        bool ceilMode = false,
        int stride = 0,
        int strideDepth = 0,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingDepth = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingFront = 0,
        int paddingBack = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        int dilation = 1,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Normalises each channel by its mean and variance, then scales and shifts it: y = (x - mean) / √(variance + ε) ·
    /// weight + bias. Ioffe and Szegedy, "Batch Normalization: Accelerating Deep Network Training by Reducing Internal
    /// Covariate Shift" (2015).
    /// </summary>
    /// <param name="momentum">
    /// The weight of a batch in the running statistics, in (0, 1]: running ← running + momentum · (batch - running), as
    /// in PyTorch; Keras' momentum is 1 minus this. Default: 0.1.
    /// </param>
    /// <param name="epsilon">
    /// What is added to the variance; positive. Default: 1e-5, as in PyTorch (Keras: 1e-3).
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor BatchNorm(double momentum = 0.1, double epsilon = 1E-05, string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// min(max(x, minimum), maximum), element by element: PyTorch's Hardtanh. ReLU6 is <c>Clip(0, 6)</c>. The
    /// derivative is 1 between the bounds and 0 elsewhere.
    /// </summary>
    /// <param name="minimum">The lower bound, finite.</param>
    /// <param name="maximum">The upper bound, finite and above <paramref name="minimum"/>.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Clip(double minimum, double maximum, string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Branches on the same input: A(x) and B(x) side by side along the last dimension. Their shapes may differ in the
    /// last dimension.
    /// </summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    /// <typeparam name="TFirst">The block of the first branch.</typeparam>
    /// <typeparam name="TSecond">The block of the second branch.</typeparam>
    public Tensor Concat<TFirst, TSecond>(string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>As <see cref="ConcatAttribute{TFirst, TSecond}"/>, of 3 branches.</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    /// <typeparam name="TFirst">The block of the first branch.</typeparam>
    /// <typeparam name="TSecond">The block of the second branch.</typeparam>
    /// <typeparam name="TThird">The block of the third branch.</typeparam>
    public Tensor Concat<TFirst, TSecond, TThird>(string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>As <see cref="ConcatAttribute{TFirst, TSecond}"/>, of 4 branches.</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    /// <typeparam name="TFirst">The block of the first branch.</typeparam>
    /// <typeparam name="TSecond">The block of the second branch.</typeparam>
    /// <typeparam name="TThird">The block of the third branch.</typeparam>
    /// <typeparam name="TFourth">The block of the fourth branch.</typeparam>
    public Tensor Concat<TFirst, TSecond, TThird, TFourth>(string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// A convolution of a sequence along its steps: y[t, o] = b[o] + Σ x[t·s + i·d - p, c] · W[o, i, c], where steps
    /// beyond the ends are zero.
    /// </summary>
    /// <param name="filters">The number of output features, at least 1.</param>
    /// <param name="kernelSize">The number of steps that each output depends on, at least 1.</param>
    /// <param name="stride">The distance between two windows in steps. Default: 1.</param>
    /// <param name="padding">How far windows reach beyond the ends. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">
    /// The number of steps of padding at each end; smaller than the window. Default: 0.
    /// </param>
    /// <param name="paddingLeft">
    /// The steps of padding before the first step; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The steps of padding behind the last step; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="causal">
    /// Whether each output depends on its own step and earlier ones only: the padding is all at the start, none at the
    /// end. Default: false.
    /// </param>
    /// <param name="dilation">The distance between two steps of the kernel. Default: 1.</param>
    /// <param name="groups">
    /// Into how many groups the features are divided; each filter sees one of them. Must divide features and filters.
    /// Default: 1.
    /// </param>
    /// <param name="useBias">Whether a bias is added. Default: true.</param>
    /// <param name="weightInitializer">
    /// How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.
    /// </param>
    /// <param name="weightConstant">
    /// The weight where <paramref name="weightInitializer"/> is <see cref="Initializer.Constant"/>; its standard
    /// deviation where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="weightL1">
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in
    /// Keras, it is part of the training loss that is reported; evaluation gives the loss alone.
    /// </param>
    /// <param name="weightL2">
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its
    /// gradient is 2λ·w.
    /// </param>
    /// <param name="biasInitializer">
    /// How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.
    /// </param>
    /// <param name="biasConstant">
    /// The bias where <paramref name="biasInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation
    /// where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor Conv1D(
        int filters,
        int kernelSize,
        int stride = 1,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        bool causal = false,
        int dilation = 1,
        int groups = 1,
        bool useBias = true,
        Initializer weightInitializer = Initializer.GlorotUniform,
        double weightConstant = 0,
        double weightL1 = 0,
        double weightL2 = 0,
        Initializer biasInitializer = Initializer.Zeros,
        double biasConstant = 0,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// A convolution of an image: y[h, w, o] = b[o] + Σ x[h·s + i·d - p, w·s + j·d - p, c] · W[o, i, j, c] over the
    /// kernel's rows i and columns j and the channels c of the filter's group, where pixels beyond the border are zero.
    /// </summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelHeight">The kernel's height.</param>
    /// <param name="kernelWidth">The kernel's width.</param>
    /// <param name="groups">
    /// Into how many groups the channels are divided; each filter sees one of them. Must divide input channels and
    /// filters. Default: 1.
    /// </param>
    /// <param name="dilation">The distance between two pixels of the kernel in both directions. Default: 1.</param>
    /// <param name="dilationHeight">
    /// The distance between two pixels of the kernel from top to bottom; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="dilationWidth">
    /// The distance between two pixels of the kernel from left to right; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="useBias">Whether a bias is added. Default: true.</param>
    /// <param name="weightInitializer">
    /// How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.
    /// </param>
    /// <param name="weightConstant">
    /// The weight where <paramref name="weightInitializer"/> is <see cref="Initializer.Constant"/>; its standard
    /// deviation where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="weightL1">
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in
    /// Keras, it is part of the training loss that is reported; evaluation gives the loss alone.
    /// </param>
    /// <param name="weightL2">
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its
    /// gradient is 2λ·w.
    /// </param>
    /// <param name="biasInitializer">
    /// How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.
    /// </param>
    /// <param name="biasConstant">
    /// The bias where <paramref name="biasInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation
    /// where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in both directions, at least 1.</param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The pixels of padding at every border; fewer than the window has. Default: 0.</param>
    /// <param name="paddingHeight">
    /// The pixels of padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The pixels of padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingTop">
    /// The pixels of padding at the top; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingBottom">
    /// The pixels of padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingLeft">
    /// The pixels of padding at the left; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The pixels of padding at the right; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    [OverloadResolutionPriority(1)]
    public Tensor Conv2D(
        int filters,
        int kernelHeight,
        int kernelWidth,
        int groups = 1,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        bool useBias = true,
        Initializer weightInitializer = Initializer.GlorotUniform,
        double weightConstant = 0,
        double weightL1 = 0,
        double weightL2 = 0,
        Initializer biasInitializer = Initializer.Zeros,
        double biasConstant = 0,
        int stride = 1,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// A convolution of an image: y[h, w, o] = b[o] + Σ x[h·s + i·d - p, w·s + j·d - p, c] · W[o, i, j, c] over the
    /// kernel's rows i and columns j and the channels c of the filter's group, where pixels beyond the border are zero.
    /// </summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's height and width.</param>
    /// <param name="groups">
    /// Into how many groups the channels are divided; each filter sees one of them. Must divide input channels and
    /// filters. Default: 1.
    /// </param>
    /// <param name="dilation">The distance between two pixels of the kernel in both directions. Default: 1.</param>
    /// <param name="dilationHeight">
    /// The distance between two pixels of the kernel from top to bottom; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="dilationWidth">
    /// The distance between two pixels of the kernel from left to right; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="useBias">Whether a bias is added. Default: true.</param>
    /// <param name="weightInitializer">
    /// How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.
    /// </param>
    /// <param name="weightConstant">
    /// The weight where <paramref name="weightInitializer"/> is <see cref="Initializer.Constant"/>; its standard
    /// deviation where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="weightL1">
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in
    /// Keras, it is part of the training loss that is reported; evaluation gives the loss alone.
    /// </param>
    /// <param name="weightL2">
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its
    /// gradient is 2λ·w.
    /// </param>
    /// <param name="biasInitializer">
    /// How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.
    /// </param>
    /// <param name="biasConstant">
    /// The bias where <paramref name="biasInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation
    /// where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in both directions, at least 1.</param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The pixels of padding at every border; fewer than the window has. Default: 0.</param>
    /// <param name="paddingHeight">
    /// The pixels of padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The pixels of padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingTop">
    /// The pixels of padding at the top; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingBottom">
    /// The pixels of padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingLeft">
    /// The pixels of padding at the left; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The pixels of padding at the right; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor Conv2D(
        int filters,
        int kernelSize,
        int groups = 1,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        bool useBias = true,
        Initializer weightInitializer = Initializer.GlorotUniform,
        double weightConstant = 0,
        double weightL1 = 0,
        double weightL2 = 0,
        Initializer biasInitializer = Initializer.Zeros,
        double biasConstant = 0,
        int stride = 1,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// A convolution of a volume: y[d, h, w, o] = b[o] + Σ x[d·s + k·t - p, h·s + i·t - p, w·s + j·t - p, c] · W[o, i,
    /// j, k, c] over the kernel's planes k, rows i and columns j and the channels c of the filter's group, with the
    /// stride s, the dilation t and the padding p; what is beyond the border is zero.
    /// </summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelDepth">The kernel's depth.</param>
    /// <param name="kernelHeight">The kernel's height.</param>
    /// <param name="kernelWidth">The kernel's width.</param>
    /// <param name="groups">
    /// Into how many groups the channels are divided; each filter sees one of them. Must divide input channels and
    /// filters. Default: 1.
    /// </param>
    /// <param name="useBias">Whether a bias is added. Default: true.</param>
    /// <param name="weightInitializer">
    /// How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.
    /// </param>
    /// <param name="weightConstant">
    /// The weight where <paramref name="weightInitializer"/> is <see cref="Initializer.Constant"/>; its standard
    /// deviation where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="weightL1">
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in
    /// Keras, it is part of the training loss that is reported; evaluation gives the loss alone.
    /// </param>
    /// <param name="weightL2">
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its
    /// gradient is 2λ·w.
    /// </param>
    /// <param name="biasInitializer">
    /// How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.
    /// </param>
    /// <param name="biasConstant">
    /// The bias where <paramref name="biasInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation
    /// where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in all directions, at least 1.</param>
    /// <param name="strideDepth">
    /// The distance between two windows in depth; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The padding at every border; less than the window has. Default: 0.</param>
    /// <param name="paddingDepth">The padding in front and behind; 0 stands for <paramref name="paddingSize"/>.</param>
    /// <param name="paddingHeight">
    /// The padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingFront">The padding in front; 0 stands for <paramref name="paddingDepth"/>.</param>
    /// <param name="paddingBack">The padding behind; 0 stands for <paramref name="paddingDepth"/>.</param>
    /// <param name="paddingTop">The padding at the top; 0 stands for <paramref name="paddingHeight"/>.</param>
    /// <param name="paddingBottom">The padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.</param>
    /// <param name="paddingLeft">The padding at the left; 0 stands for <paramref name="paddingWidth"/>.</param>
    /// <param name="paddingRight">The padding at the right; 0 stands for <paramref name="paddingWidth"/>.</param>
    /// <param name="dilation">The distance between two places of a window in all directions. Default: 1.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    [OverloadResolutionPriority(1)]
    public Tensor Conv3D(
        int filters,
        int kernelDepth,
        int kernelHeight,
        int kernelWidth,
        int groups = 1,
        bool useBias = true,
        Initializer weightInitializer = Initializer.GlorotUniform,
        double weightConstant = 0,
        double weightL1 = 0,
        double weightL2 = 0,
        Initializer biasInitializer = Initializer.Zeros,
        double biasConstant = 0,
        int stride = 1,
        int strideDepth = 0,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingDepth = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingFront = 0,
        int paddingBack = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        int dilation = 1,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// A convolution of a volume: y[d, h, w, o] = b[o] + Σ x[d·s + k·t - p, h·s + i·t - p, w·s + j·t - p, c] · W[o, i,
    /// j, k, c] over the kernel's planes k, rows i and columns j and the channels c of the filter's group, with the
    /// stride s, the dilation t and the padding p; what is beyond the border is zero.
    /// </summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's depth, height and width.</param>
    /// <param name="groups">
    /// Into how many groups the channels are divided; each filter sees one of them. Must divide input channels and
    /// filters. Default: 1.
    /// </param>
    /// <param name="useBias">Whether a bias is added. Default: true.</param>
    /// <param name="weightInitializer">
    /// How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.
    /// </param>
    /// <param name="weightConstant">
    /// The weight where <paramref name="weightInitializer"/> is <see cref="Initializer.Constant"/>; its standard
    /// deviation where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="weightL1">
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in
    /// Keras, it is part of the training loss that is reported; evaluation gives the loss alone.
    /// </param>
    /// <param name="weightL2">
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its
    /// gradient is 2λ·w.
    /// </param>
    /// <param name="biasInitializer">
    /// How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.
    /// </param>
    /// <param name="biasConstant">
    /// The bias where <paramref name="biasInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation
    /// where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in all directions, at least 1.</param>
    /// <param name="strideDepth">
    /// The distance between two windows in depth; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The padding at every border; less than the window has. Default: 0.</param>
    /// <param name="paddingDepth">The padding in front and behind; 0 stands for <paramref name="paddingSize"/>.</param>
    /// <param name="paddingHeight">
    /// The padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingFront">The padding in front; 0 stands for <paramref name="paddingDepth"/>.</param>
    /// <param name="paddingBack">The padding behind; 0 stands for <paramref name="paddingDepth"/>.</param>
    /// <param name="paddingTop">The padding at the top; 0 stands for <paramref name="paddingHeight"/>.</param>
    /// <param name="paddingBottom">The padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.</param>
    /// <param name="paddingLeft">The padding at the left; 0 stands for <paramref name="paddingWidth"/>.</param>
    /// <param name="paddingRight">The padding at the right; 0 stands for <paramref name="paddingWidth"/>.</param>
    /// <param name="dilation">The distance between two places of a window in all directions. Default: 1.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor Conv3D(
        int filters,
        int kernelSize,
        int groups = 1,
        bool useBias = true,
        Initializer weightInitializer = Initializer.GlorotUniform,
        double weightConstant = 0,
        double weightL1 = 0,
        double weightL2 = 0,
        Initializer biasInitializer = Initializer.Zeros,
        double biasConstant = 0,
        int stride = 1,
        int strideDepth = 0,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingDepth = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingFront = 0,
        int paddingBack = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        int dilation = 1,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// A transposed convolution: the linear map that carries gradients back through a <see cref="Conv2DAttribute"/> of
    /// the same kernel, as a layer. It enlarges an image by the stride: each pixel adds its multiple of the kernel to
    /// the output.
    /// </summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelHeight">The kernel's height.</param>
    /// <param name="kernelWidth">The kernel's width.</param>
    /// <param name="outputPadding">
    /// Rows and columns added at the bottom and the right, smaller than the stride. Default: 0.
    /// </param>
    /// <param name="outputPaddingHeight">
    /// Rows added at the bottom, fewer than the stride from top to bottom; 0 stands for
    /// <paramref name="outputPadding"/>.
    /// </param>
    /// <param name="outputPaddingWidth">
    /// Columns added at the right, fewer than the stride from left to right; 0 stands for
    /// <paramref name="outputPadding"/>.
    /// </param>
    /// <param name="groups">
    /// Into how many groups the channels are divided. Must divide input channels and filters. Default: 1.
    /// </param>
    /// <param name="dilation">The distance between two pixels of the kernel in both directions. Default: 1.</param>
    /// <param name="dilationHeight">
    /// The distance between two pixels of the kernel from top to bottom; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="dilationWidth">
    /// The distance between two pixels of the kernel from left to right; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="useBias">Whether a bias is added. Default: true.</param>
    /// <param name="weightInitializer">
    /// How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.
    /// </param>
    /// <param name="weightConstant">
    /// The weight where <paramref name="weightInitializer"/> is <see cref="Initializer.Constant"/>; its standard
    /// deviation where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="weightL1">
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in
    /// Keras, it is part of the training loss that is reported; evaluation gives the loss alone.
    /// </param>
    /// <param name="weightL2">
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its
    /// gradient is 2λ·w.
    /// </param>
    /// <param name="biasInitializer">
    /// How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.
    /// </param>
    /// <param name="biasConstant">
    /// The bias where <paramref name="biasInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation
    /// where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in both directions, at least 1.</param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The pixels of padding at every border; fewer than the window has. Default: 0.</param>
    /// <param name="paddingHeight">
    /// The pixels of padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The pixels of padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingTop">
    /// The pixels of padding at the top; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingBottom">
    /// The pixels of padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingLeft">
    /// The pixels of padding at the left; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The pixels of padding at the right; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    [OverloadResolutionPriority(1)]
    public Tensor ConvTranspose2D(
        int filters,
        int kernelHeight,
        int kernelWidth,
        int outputPadding = 0,
        int outputPaddingHeight = 0,
        int outputPaddingWidth = 0,
        int groups = 1,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        bool useBias = true,
        Initializer weightInitializer = Initializer.GlorotUniform,
        double weightConstant = 0,
        double weightL1 = 0,
        double weightL2 = 0,
        Initializer biasInitializer = Initializer.Zeros,
        double biasConstant = 0,
        int stride = 1,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// A transposed convolution: the linear map that carries gradients back through a <see cref="Conv2DAttribute"/> of
    /// the same kernel, as a layer. It enlarges an image by the stride: each pixel adds its multiple of the kernel to
    /// the output.
    /// </summary>
    /// <param name="filters">The number of output channels, at least 1.</param>
    /// <param name="kernelSize">The kernel's height and width.</param>
    /// <param name="outputPadding">
    /// Rows and columns added at the bottom and the right, smaller than the stride. Default: 0.
    /// </param>
    /// <param name="outputPaddingHeight">
    /// Rows added at the bottom, fewer than the stride from top to bottom; 0 stands for
    /// <paramref name="outputPadding"/>.
    /// </param>
    /// <param name="outputPaddingWidth">
    /// Columns added at the right, fewer than the stride from left to right; 0 stands for
    /// <paramref name="outputPadding"/>.
    /// </param>
    /// <param name="groups">
    /// Into how many groups the channels are divided. Must divide input channels and filters. Default: 1.
    /// </param>
    /// <param name="dilation">The distance between two pixels of the kernel in both directions. Default: 1.</param>
    /// <param name="dilationHeight">
    /// The distance between two pixels of the kernel from top to bottom; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="dilationWidth">
    /// The distance between two pixels of the kernel from left to right; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="useBias">Whether a bias is added. Default: true.</param>
    /// <param name="weightInitializer">
    /// How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.
    /// </param>
    /// <param name="weightConstant">
    /// The weight where <paramref name="weightInitializer"/> is <see cref="Initializer.Constant"/>; its standard
    /// deviation where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="weightL1">
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in
    /// Keras, it is part of the training loss that is reported; evaluation gives the loss alone.
    /// </param>
    /// <param name="weightL2">
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its
    /// gradient is 2λ·w.
    /// </param>
    /// <param name="biasInitializer">
    /// How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.
    /// </param>
    /// <param name="biasConstant">
    /// The bias where <paramref name="biasInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation
    /// where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in both directions, at least 1.</param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The pixels of padding at every border; fewer than the window has. Default: 0.</param>
    /// <param name="paddingHeight">
    /// The pixels of padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The pixels of padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingTop">
    /// The pixels of padding at the top; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingBottom">
    /// The pixels of padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingLeft">
    /// The pixels of padding at the left; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The pixels of padding at the right; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor ConvTranspose2D(
        int filters,
        int kernelSize,
        int outputPadding = 0,
        int outputPaddingHeight = 0,
        int outputPaddingWidth = 0,
        int groups = 1,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        bool useBias = true,
        Initializer weightInitializer = Initializer.GlorotUniform,
        double weightConstant = 0,
        double weightL1 = 0,
        double weightL2 = 0,
        Initializer biasInitializer = Initializer.Zeros,
        double biasConstant = 0,
        int stride = 1,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// Attention of a sequence to the output of a block on the same input, in several heads: softmax(Q·Kᵀ / √size)·V
    /// for each head, with queries projected from x, keys and values from T(x), and the heads' results projected to the
    /// output. T(x) is a sequence of any length and any number of features. The output has the shape of x. Vaswani et
    /// al., "Attention Is All You Need" (2017); PyTorch's <c>nn.MultiheadAttention</c> with <c>kdim</c> and <c>vdim</c>
    /// of T(x).
    /// </summary>
    /// <param name="heads">The number of heads, at least 1; it divides the features of x. Default: 1.</param>
    /// <param name="useBias">Whether the projections have biases. Default: true.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    /// <typeparam name="TMemory">The block whose output is attended to.</typeparam>
    public Tensor CrossAttention<TMemory>(int heads = 1, bool useBias = true, string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// Attention of the output of one block to that of another: as <see cref="CrossAttentionAttribute{TMemory}"/>, with
    /// queries projected from A(x), and keys and values from B(x). At the start of a model each block may begin with an
    /// <see cref="InputAttribute"/> of its own, as a decoder that reads what an encoder makes of another sequence. The
    /// output has the shape of A(x).
    /// </summary>
    /// <param name="heads">The number of heads, at least 1; it divides the features of A(x). Default: 1.</param>
    /// <param name="useBias">Whether the projections have biases. Default: true.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    /// <typeparam name="TQueries">The block whose output attends.</typeparam>
    /// <typeparam name="TMemory">The block whose output is attended to.</typeparam>
    public Tensor CrossAttention<TQueries, TMemory>(
        int heads = 1,
        bool useBias = true,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>A fully connected layer: y = x·Wᵀ + b, with W of [units, inputs].</summary>
    /// <param name="units">The number of outputs, at least 1.</param>
    /// <param name="tiedTo">
    /// The name of an earlier layer whose weight this one uses too, such as <c>"embedding1"</c>: one parameter, trained
    /// by both and saved once, under that layer's name. It names a layer of the same model or block, or by its path one
    /// elsewhere in the model (<c>"residual1.dense1"</c>), with a weight of [units, inputs]: an
    /// <see cref="EmbeddingAttribute"/> or a dense layer. Press and Wolf, "Using the output embedding to improve
    /// language models" (2017). Default: null, a weight of its own.
    /// </param>
    /// <param name="useBias">Whether a bias is added. Default: true.</param>
    /// <param name="weightInitializer">
    /// How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.
    /// </param>
    /// <param name="weightConstant">
    /// The weight where <paramref name="weightInitializer"/> is <see cref="Initializer.Constant"/>; its standard
    /// deviation where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="weightL1">
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in
    /// Keras, it is part of the training loss that is reported; evaluation gives the loss alone.
    /// </param>
    /// <param name="weightL2">
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its
    /// gradient is 2λ·w.
    /// </param>
    /// <param name="biasInitializer">
    /// How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.
    /// </param>
    /// <param name="biasConstant">
    /// The bias where <paramref name="biasInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation
    /// where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor Dense(
        int units,
        string? tiedTo = null,
        bool useBias = true,
        Initializer weightInitializer = Initializer.GlorotUniform,
        double weightConstant = 0,
        double weightL1 = 0,
        double weightL2 = 0,
        Initializer biasInitializer = Initializer.Zeros,
        double biasConstant = 0,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// A convolution of each channel by itself: <see cref="Conv2DAttribute"/> with as many groups as channels. The
    /// weight is [channels · multiplier, kernelHeight, kernelWidth, 1].
    /// </summary>
    /// <param name="kernelHeight">The kernel's height.</param>
    /// <param name="kernelWidth">The kernel's width.</param>
    /// <param name="multiplier">The number of output channels for each input channel, at least 1. Default: 1.</param>
    /// <param name="dilation">The distance between two pixels of the kernel in both directions. Default: 1.</param>
    /// <param name="dilationHeight">
    /// The distance between two pixels of the kernel from top to bottom; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="dilationWidth">
    /// The distance between two pixels of the kernel from left to right; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="useBias">Whether a bias is added. Default: true.</param>
    /// <param name="weightInitializer">
    /// How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.
    /// </param>
    /// <param name="weightConstant">
    /// The weight where <paramref name="weightInitializer"/> is <see cref="Initializer.Constant"/>; its standard
    /// deviation where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="weightL1">
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in
    /// Keras, it is part of the training loss that is reported; evaluation gives the loss alone.
    /// </param>
    /// <param name="weightL2">
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its
    /// gradient is 2λ·w.
    /// </param>
    /// <param name="biasInitializer">
    /// How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.
    /// </param>
    /// <param name="biasConstant">
    /// The bias where <paramref name="biasInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation
    /// where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in both directions, at least 1.</param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The pixels of padding at every border; fewer than the window has. Default: 0.</param>
    /// <param name="paddingHeight">
    /// The pixels of padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The pixels of padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingTop">
    /// The pixels of padding at the top; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingBottom">
    /// The pixels of padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingLeft">
    /// The pixels of padding at the left; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The pixels of padding at the right; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    [OverloadResolutionPriority(1)]
    public Tensor DepthwiseConv2D(
        int kernelHeight,
        int kernelWidth,
        int multiplier = 1,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        bool useBias = true,
        Initializer weightInitializer = Initializer.GlorotUniform,
        double weightConstant = 0,
        double weightL1 = 0,
        double weightL2 = 0,
        Initializer biasInitializer = Initializer.Zeros,
        double biasConstant = 0,
        int stride = 1,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// A convolution of each channel by itself: <see cref="Conv2DAttribute"/> with as many groups as channels. The
    /// weight is [channels · multiplier, kernelHeight, kernelWidth, 1].
    /// </summary>
    /// <param name="kernelSize">The kernels' height and width.</param>
    /// <param name="multiplier">The number of output channels for each input channel, at least 1. Default: 1.</param>
    /// <param name="dilation">The distance between two pixels of the kernel in both directions. Default: 1.</param>
    /// <param name="dilationHeight">
    /// The distance between two pixels of the kernel from top to bottom; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="dilationWidth">
    /// The distance between two pixels of the kernel from left to right; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="useBias">Whether a bias is added. Default: true.</param>
    /// <param name="weightInitializer">
    /// How the weight is filled before training. Default: <see cref="Initializer.GlorotUniform"/>.
    /// </param>
    /// <param name="weightConstant">
    /// The weight where <paramref name="weightInitializer"/> is <see cref="Initializer.Constant"/>; its standard
    /// deviation where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="weightL1">
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in
    /// Keras, it is part of the training loss that is reported; evaluation gives the loss alone.
    /// </param>
    /// <param name="weightL2">
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its
    /// gradient is 2λ·w.
    /// </param>
    /// <param name="biasInitializer">
    /// How the bias is filled before training. Default: <see cref="Initializer.Zeros"/>.
    /// </param>
    /// <param name="biasConstant">
    /// The bias where <paramref name="biasInitializer"/> is <see cref="Initializer.Constant"/>; its standard deviation
    /// where that is <see cref="Initializer.Normal"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in both directions, at least 1.</param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The pixels of padding at every border; fewer than the window has. Default: 0.</param>
    /// <param name="paddingHeight">
    /// The pixels of padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The pixels of padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingTop">
    /// The pixels of padding at the top; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingBottom">
    /// The pixels of padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingLeft">
    /// The pixels of padding at the left; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The pixels of padding at the right; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor DepthwiseConv2D(
        int kernelSize,
        int multiplier = 1,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        bool useBias = true,
        Initializer weightInitializer = Initializer.GlorotUniform,
        double weightConstant = 0,
        double weightL1 = 0,
        double weightL2 = 0,
        Initializer biasInitializer = Initializer.Zeros,
        double biasConstant = 0,
        int stride = 1,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// In training, zeroes each element with probability <paramref name="rate"/> and divides the others by 1 - rate, so
    /// that the mean stays the same; at rate 1 all become zero. Does nothing at inference. As in PyTorch and Keras.
    /// Srivastava et al., "Dropout: A Simple Way to Prevent Neural Networks from Overfitting" (2014).
    /// </summary>
    /// <param name="rate">The probability, in [0, 1].</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Dropout(double rate, string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// x where x is positive, and alpha·(exp(x) - 1) elsewhere. Clevert, Unterthiner and Hochreiter (2015).
    /// </summary>
    /// <param name="alpha">Very negative elements approach -alpha; above 0. Default: 1.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Elu(double alpha = 1, string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// A learned vector for each token: y[step] = weight[token of the step], with the weight of [vocabulary, width].
    /// </summary>
    /// <param name="vocabulary">
    /// The number of different tokens, at least 1: tokens run from 0 to vocabulary - 1.
    /// </param>
    /// <param name="width">The number of features of a token, at least 1.</param>
    /// <param name="deviation">
    /// The standard deviation of the normal distribution that the weight is drawn from, above 0. Default: 0.02.
    /// </param>
    /// <param name="weightL1">
    /// The factor λ of the penalty λ·Σ|w| that training minimises along with the loss, at least 0. Default: 0. As in
    /// Keras, it is part of the training loss that is reported; evaluation gives the loss alone.
    /// </param>
    /// <param name="weightL2">
    /// The factor λ of the penalty λ·Σw² that training minimises along with the loss, at least 0. Default: 0. Its
    /// gradient is 2λ·w.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor Embedding(
        int vocabulary,
        int width,
        double deviation = 0.02,
        double weightL1 = 0,
        double weightL2 = 0,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>Joins all dimensions into one: 28x28 becomes 784. Costs nothing at run time.</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Flatten(string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// x·Φ(x) with Φ the normal distribution function, element by element. Hendrycks and Gimpel, "Gaussian Error Linear
    /// Units" (2016).
    /// </summary>
    /// <param name="approximate">
    /// Whether Φ is approximated through tanh, as GPT-2 does. Default: false, the exact function.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Gelu(bool approximate = false, string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// The mean of each channel over the whole image, or of each feature over all steps of a sequence: a vector of as
    /// many elements as there are channels. Steps of padding (<see cref="InputAttribute.Padding"/>) are left out; where
    /// all are padding the mean is 0.
    /// </summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor GlobalAveragePool(string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// A gated linear unit: halves the last dimension into a and b, and gives a·sigmoid(b). Dauphin et al., "Language
    /// Modeling with Gated Convolutional Networks" (2017). PyTorch's GLU.
    /// </summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Glu(string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Normalises each sample's channels in groups by their mean and variance over the whole image, then scales and
    /// shifts each channel. Wu and He, "Group Normalization" (2018). With one group this is layer normalisation of an
    /// image; with as many groups as channels it is instance normalisation.
    /// </summary>
    /// <param name="groups">The number of groups; must divide the channels.</param>
    /// <param name="epsilon">What is added to the variance; positive. Default: 1e-5.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor GroupNorm(int groups, double epsilon = 1E-05, string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// Gated recurrent units along the steps of a sequence: r, z = σ(W·x + b + U·h + d) and n = tanh(W·x + b + r·(U·h +
    /// d)), each with its own rows of the weights; h ← (1 - z)·n + z·h is the output. At the start, h = 0. Cho et al.
    /// (2014), in the variant where the reset gate r multiplies the product (PyTorch's, and Keras' <c>reset_after</c>).
    /// </summary>
    /// <param name="units">The number of units, which is the number of output features; at least 1.</param>
    /// <param name="returnSequences">
    /// Whether the result is the outputs of all steps, [steps, units], rather than the output of the step that is read
    /// last, [units]. Default: true.
    /// </param>
    /// <param name="goBackwards">
    /// Whether the sequence is read from its last step to its first. Outputs keep the order of the steps, so that a
    /// <see cref="ConcatAttribute{TFirst,TSecond}"/> of two blocks, one of which reads backwards, is a bidirectional
    /// layer. Default: false.
    /// </param>
    /// <param name="useBias">Whether biases are added. Default: true.</param>
    /// <param name="unroll">
    /// Whether the compiler unrolls the steps: writes out the operations of each. Default:
    /// <see cref="Unrolling.Automatic"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor Gru(
        int units,
        bool returnSequences = true,
        bool goBackwards = false,
        bool useBias = true,
        Unrolling unroll = Unrolling.Automatic,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// min(max(x + 3, 0), 6) / 6, element by element: a sigmoid of straight lines, as in PyTorch and Keras 3. Keras 2
    /// has min(max(0.2·x + 0.5, 0), 1), after Courbariaux et al. (2015).
    /// </summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor HardSigmoid(string? name = null)
        => throw IsOnlyRead();

    /// <summary>x·min(max(x + 3, 0), 6) / 6. Howard et al. (2019).</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor HardSwish(string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// y = weight·(x - mean) / √(variance + epsilon) + bias, with mean and variance over the features of each vector
    /// (of each step, in a sequence). Ba, Kiros and Hinton (2016).
    /// </summary>
    /// <param name="epsilon">What keeps the division finite, above 0. Default: 1e-5.</param>
    /// <param name="useBias">Whether a bias is added. Default: true.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor LayerNorm(double epsilon = 1E-05, bool useBias = true, string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>x where x is positive, and slope·x elsewhere. Maas et al. (2013).</summary>
    /// <param name="slope">The factor for negative elements, in [0, 1). Default: 0.01.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor LeakyRelu(double slope = 0.01, string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Divides each element by a power of the squares of its neighbours along the last dimension, an image's channels:
    /// y[c] = x[c] / (K + Alpha / size · Σ x[c']²)^Beta, with c' from c - ⌊size / 2⌋ to c + ⌊(size - 1) / 2⌋ where
    /// there are such. Krizhevsky et al. (2012).
    /// </summary>
    /// <param name="size">The number of neighbours, the element itself among them; at least 1.</param>
    /// <param name="alpha">The factor of the mean square, at least 0. Default: 1e-4.</param>
    /// <param name="beta">The power, at least 0. Default: 0.75.</param>
    /// <param name="k">What the mean square is added to, above 0. Default: 1.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor LocalResponseNorm(
        int size,
        double alpha = 0.0001,
        double beta = 0.75,
        double k = 1,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>x - log Σ exp(x), over the last dimension: the logarithm of the softmax.</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor LogSoftmax(string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// A long short-term memory along the steps of a sequence: with i, f, o = σ(W·x + U·h + b) and g = tanh(W·x + U·h +
    /// b), each with its own rows of the weights, c ← f·c + i·g and h ← o·tanh(c); h is the output. At the start, h = c
    /// = 0. Hochreiter and Schmidhuber (1997), with the forget gate of Gers, Schmidhuber and Cummins (2000).
    /// </summary>
    /// <param name="units">The number of units, which is the number of output features; at least 1.</param>
    /// <param name="returnSequences">
    /// Whether the result is the outputs of all steps, [steps, units], rather than the output of the step that is read
    /// last, [units]. Default: true.
    /// </param>
    /// <param name="goBackwards">
    /// Whether the sequence is read from its last step to its first. Outputs keep the order of the steps, so that a
    /// <see cref="ConcatAttribute{TFirst,TSecond}"/> of two blocks, one of which reads backwards, is a bidirectional
    /// layer. Default: false.
    /// </param>
    /// <param name="useBias">Whether biases are added. Default: true.</param>
    /// <param name="unroll">
    /// Whether the compiler unrolls the steps: writes out the operations of each. Default:
    /// <see cref="Unrolling.Automatic"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor Lstm(
        int units,
        bool returnSequences = true,
        bool goBackwards = false,
        bool useBias = true,
        Unrolling unroll = Unrolling.Automatic,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// Takes the largest value of each window of steps, feature by feature: [steps, features] becomes [windows,
    /// features]. Ties go to the first step, and steps beyond the ends do not count.
    /// </summary>
    /// <param name="size">The number of steps of a window.</param>
    /// <param name="stride">The distance between two windows in steps; 0, the default, stands for their size.</param>
    /// <param name="padding">How far windows reach beyond the ends. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The steps of padding at each end; fewer than the window has. Default: 0.</param>
    /// <param name="paddingLeft">
    /// The steps of padding before the first step; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The steps of padding behind the last step; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="dilation">The distance between two steps of a window. Default: 1.</param>
    /// <param name="ceilMode">
    /// Whether the number of windows is rounded up (PyTorch's <c>ceil_mode</c>): a last window may then reach beyond
    /// the image and its padding, unless it would start in the padding. Default: false. If true, there are ⌈(input +
    /// 2·padding - window) / stride⌉ + 1 rows, one fewer where the last would start at input + padding or later. It
    /// changes nothing under <see cref="Padding.Same"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor MaxPool1D(
        int size,
        int stride = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        int dilation = 1,
        bool ceilMode = false,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Takes the largest value of each window, channel by channel. Ties go to the first pixel, and pixels beyond the
    /// border do not count.
    /// </summary>
    /// <param name="kernelHeight">The window's height.</param>
    /// <param name="kernelWidth">The window's width.</param>
    /// <param name="ceilMode">
    /// Whether the number of windows is rounded up (PyTorch's <c>ceil_mode</c>): a last window may then reach beyond
    /// the image and its padding, unless it would start in the padding. Default: false. If true, there are ⌈(input +
    /// 2·padding - window) / stride⌉ + 1 rows, one fewer where the last would start at input + padding or later. It
    /// changes nothing under <see cref="Padding.Same"/>.
    /// </param>
    /// <param name="dilation">The distance between two pixels of the window in both directions. Default: 1.</param>
    /// <param name="dilationHeight">
    /// The distance between two pixels of the window from top to bottom; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="dilationWidth">
    /// The distance between two pixels of the window from left to right; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in both directions, at least 1.</param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The pixels of padding at every border; fewer than the window has. Default: 0.</param>
    /// <param name="paddingHeight">
    /// The pixels of padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The pixels of padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingTop">
    /// The pixels of padding at the top; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingBottom">
    /// The pixels of padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingLeft">
    /// The pixels of padding at the left; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The pixels of padding at the right; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    [OverloadResolutionPriority(1)]
    public Tensor MaxPool2D(
        int kernelHeight,
        int kernelWidth,
        bool ceilMode = false,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        int stride = 0,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Takes the largest value of each window, channel by channel. Ties go to the first pixel, and pixels beyond the
    /// border do not count.
    /// </summary>
    /// <param name="size">The windows' height and width.</param>
    /// <param name="ceilMode">
    /// Whether the number of windows is rounded up (PyTorch's <c>ceil_mode</c>): a last window may then reach beyond
    /// the image and its padding, unless it would start in the padding. Default: false. If true, there are ⌈(input +
    /// 2·padding - window) / stride⌉ + 1 rows, one fewer where the last would start at input + padding or later. It
    /// changes nothing under <see cref="Padding.Same"/>.
    /// </param>
    /// <param name="dilation">The distance between two pixels of the window in both directions. Default: 1.</param>
    /// <param name="dilationHeight">
    /// The distance between two pixels of the window from top to bottom; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="dilationWidth">
    /// The distance between two pixels of the window from left to right; 0 stands for <paramref name="dilation"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in both directions, at least 1.</param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The pixels of padding at every border; fewer than the window has. Default: 0.</param>
    /// <param name="paddingHeight">
    /// The pixels of padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The pixels of padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingTop">
    /// The pixels of padding at the top; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingBottom">
    /// The pixels of padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.
    /// </param>
    /// <param name="paddingLeft">
    /// The pixels of padding at the left; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="paddingRight">
    /// The pixels of padding at the right; 0 stands for <paramref name="paddingWidth"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor MaxPool2D(
        int size,
        bool ceilMode = false,
        int dilation = 1,
        int dilationHeight = 0,
        int dilationWidth = 0,
        int stride = 0,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Takes the largest value of each window of a volume, channel by channel: [depth, height, width, channels] becomes
    /// [windows in depth, in height, in width, channels]. Ties go to the first place, and what lies beyond the border
    /// does not count.
    /// </summary>
    /// <param name="kernelDepth">The window's depth.</param>
    /// <param name="kernelHeight">The window's height.</param>
    /// <param name="kernelWidth">The window's width.</param>
    /// <param name="ceilMode">
    /// Whether the number of windows is rounded up (PyTorch's <c>ceil_mode</c>): a last window may then reach beyond
    /// the image and its padding, unless it would start in the padding. Default: false. If true, there are ⌈(input +
    /// 2·padding - window) / stride⌉ + 1 rows, one fewer where the last would start at input + padding or later. It
    /// changes nothing under <see cref="Padding.Same"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in all directions, at least 1.</param>
    /// <param name="strideDepth">
    /// The distance between two windows in depth; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The padding at every border; less than the window has. Default: 0.</param>
    /// <param name="paddingDepth">The padding in front and behind; 0 stands for <paramref name="paddingSize"/>.</param>
    /// <param name="paddingHeight">
    /// The padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingFront">The padding in front; 0 stands for <paramref name="paddingDepth"/>.</param>
    /// <param name="paddingBack">The padding behind; 0 stands for <paramref name="paddingDepth"/>.</param>
    /// <param name="paddingTop">The padding at the top; 0 stands for <paramref name="paddingHeight"/>.</param>
    /// <param name="paddingBottom">The padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.</param>
    /// <param name="paddingLeft">The padding at the left; 0 stands for <paramref name="paddingWidth"/>.</param>
    /// <param name="paddingRight">The padding at the right; 0 stands for <paramref name="paddingWidth"/>.</param>
    /// <param name="dilation">The distance between two places of a window in all directions. Default: 1.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    [OverloadResolutionPriority(1)]
    public Tensor MaxPool3D(
        int kernelDepth,
        int kernelHeight,
        int kernelWidth,
        bool ceilMode = false,
        int stride = 0,
        int strideDepth = 0,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingDepth = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingFront = 0,
        int paddingBack = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        int dilation = 1,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Takes the largest value of each window of a volume, channel by channel: [depth, height, width, channels] becomes
    /// [windows in depth, in height, in width, channels]. Ties go to the first place, and what lies beyond the border
    /// does not count.
    /// </summary>
    /// <param name="size">The windows' depth, height and width.</param>
    /// <param name="ceilMode">
    /// Whether the number of windows is rounded up (PyTorch's <c>ceil_mode</c>): a last window may then reach beyond
    /// the image and its padding, unless it would start in the padding. Default: false. If true, there are ⌈(input +
    /// 2·padding - window) / stride⌉ + 1 rows, one fewer where the last would start at input + padding or later. It
    /// changes nothing under <see cref="Padding.Same"/>.
    /// </param>
    /// <param name="stride">The distance between two windows in all directions, at least 1.</param>
    /// <param name="strideDepth">
    /// The distance between two windows in depth; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideHeight">
    /// The distance between two windows from top to bottom; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="strideWidth">
    /// The distance between two windows from left to right; 0, the default, stands for <paramref name="stride"/>.
    /// </param>
    /// <param name="padding">How far windows reach beyond the border. Default: <see cref="Padding.Valid"/>.</param>
    /// <param name="paddingSize">The padding at every border; less than the window has. Default: 0.</param>
    /// <param name="paddingDepth">The padding in front and behind; 0 stands for <paramref name="paddingSize"/>.</param>
    /// <param name="paddingHeight">
    /// The padding at the top and the bottom; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingWidth">
    /// The padding at the left and the right; 0 stands for <paramref name="paddingSize"/>.
    /// </param>
    /// <param name="paddingFront">The padding in front; 0 stands for <paramref name="paddingDepth"/>.</param>
    /// <param name="paddingBack">The padding behind; 0 stands for <paramref name="paddingDepth"/>.</param>
    /// <param name="paddingTop">The padding at the top; 0 stands for <paramref name="paddingHeight"/>.</param>
    /// <param name="paddingBottom">The padding at the bottom; 0 stands for <paramref name="paddingHeight"/>.</param>
    /// <param name="paddingLeft">The padding at the left; 0 stands for <paramref name="paddingWidth"/>.</param>
    /// <param name="paddingRight">The padding at the right; 0 stands for <paramref name="paddingWidth"/>.</param>
    /// <param name="dilation">The distance between two places of a window in all directions. Default: 1.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor MaxPool3D(
        int size,
        bool ceilMode = false,
        int stride = 0,
        int strideDepth = 0,
        int strideHeight = 0,
        int strideWidth = 0,
        Padding padding = Padding.Valid,
        int paddingSize = 0,
        int paddingDepth = 0,
        int paddingHeight = 0,
        int paddingWidth = 0,
        int paddingFront = 0,
        int paddingBack = 0,
        int paddingTop = 0,
        int paddingBottom = 0,
        int paddingLeft = 0,
        int paddingRight = 0,
        int dilation = 1,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>x·tanh(log(1 + exp(x))). Misra (2019).</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Mish(string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// x · T(x), element by element: the block makes a gate for its input. Where the gate has another shape, it is
    /// broadcast to that of x by the rules of NumPy: from the last dimension on, each extent is that of x or 1, and
    /// dimensions that are missing at the front are 1. A vector with an element for each channel of an image scales all
    /// pixels, one with an element for each feature of a sequence all steps. A gate of pooled channels, such as
    /// GlobalAveragePool, Dense, Relu, Dense, Sigmoid, makes this the squeeze-and-excitation of Hu et al. (2018). The
    /// output has the shape of x.
    /// </summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    /// <typeparam name="TBlock">The block of the gate.</typeparam>
    public Tensor Multiply<TBlock>(string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// Branches on the same input: A(x) · B(x), element by element. Where one branch ends in a sigmoid, it gates the
    /// other. Shapes are broadcast by the rules of NumPy: from the last dimension on, two extents are equal or one of
    /// them is 1, and dimensions that are missing at the front are 1.
    /// </summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    /// <typeparam name="TFirst">The block of the first branch.</typeparam>
    /// <typeparam name="TSecond">The block of the second branch.</typeparam>
    public Tensor Multiply<TFirst, TSecond>(string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// A vector for each token that is 1 at the token's place and 0 elsewhere: [steps] becomes [steps, classes], and
    /// one token a vector of [classes]. PyTorch's <c>one_hot</c>. An <see cref="EmbeddingAttribute"/> learns its
    /// vectors instead.
    /// </summary>
    /// <param name="classes">The number of different tokens, at least 1: tokens run from 0 to classes - 1.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor OneHot(int classes, string? name = null)
        => throw IsOnlyRead();

    /// <summary>Adds a margin of one value around an image of height x width x channels.</summary>
    /// <param name="top">The number of rows added at the top, at least 0.</param>
    /// <param name="bottom">The number of rows added at the bottom, at least 0.</param>
    /// <param name="left">The number of columns added at the left, at least 0.</param>
    /// <param name="right">The number of columns added at the right, at least 0.</param>
    /// <param name="value">The value that fills the margin. Default: 0.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    [OverloadResolutionPriority(1)]
    public Tensor Pad(int top, int bottom, int left, int right, double value = 0, string? name = null)
        => throw IsOnlyRead();

    /// <summary>Adds a margin of one value around an image of height x width x channels.</summary>
    /// <param name="margin">The number of rows or columns added at each side, at least 0.</param>
    /// <param name="value">The value that fills the margin. Default: 0.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Pad(int margin, double value = 0, string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// Makes an image larger by taking its channels apart: [height, width, channels · factor²] becomes [height ·
    /// factor, width · factor, channels]. Shi et al. (2016).
    /// </summary>
    /// <param name="factor">By how much height and width grow, at least 1.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor PixelShuffle(int factor, string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// What <see cref="PixelShuffleAttribute"/> does, the other way round: [height · factor, width · factor, channels]
    /// becomes [height, width, channels · factor²].
    /// </summary>
    /// <param name="factor">By how much height and width shrink, at least 1; must divide both.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor PixelUnshuffle(int factor, string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// A learned vector for each step: y[step] = x[step] + weight[step], with the weight of [steps, features].
    /// </summary>
    /// <param name="deviation">
    /// The standard deviation of the normal distribution that the weight is drawn from, above 0. Default: 0.02.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor PositionEmbedding(double deviation = 0.02, string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>x where x is positive, and slope·x elsewhere, with a slope that is learned. He et al. (2015).</summary>
    /// <param name="perChannel">
    /// Whether each channel (each index of the last dimension) has a slope of its own, rather than one for all.
    /// Default: false.
    /// </param>
    /// <param name="initialSlope">The slope before training. Default: 0.25.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor Prelu(bool perChannel = false, double initialSlope = 0.25, string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>max(x, 0), element by element.</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Relu(string? name = null)
        => throw IsOnlyRead();

    /// <summary>A chain of copies of a block, each with parameters of its own, or all with the same.</summary>
    /// <param name="count">The number of copies, at least 1.</param>
    /// <param name="shared">
    /// Whether all copies have the same parameters, whose gradients add up; the block's output must then have the shape
    /// of its input. They are saved once, under the names of copy 0. Lan et al., "ALBERT" (2019). Default: false.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    /// <typeparam name="TBlock">The block.</typeparam>
    public Tensor Repeat<TBlock>(int count, bool shared = false, string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>Gives the same elements other dimensions. Costs nothing at run time.</summary>
    /// <param name="dimensions">The new extents, outermost first; one of them may be -1 and is then inferred.</param>
    public Tensor Reshape(params int[] dimensions)
        => throw IsOnlyRead();

    /// <summary>x + T(x). He et al., "Deep Residual Learning for Image Recognition" (2015).</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    /// <typeparam name="TBlock">A block whose output has the shape of its input.</typeparam>
    public Tensor Residual<TBlock>(string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>Gives an image of height x width x channels another size.</summary>
    /// <param name="height">The new height, at least 1.</param>
    /// <param name="width">The new width, at least 1.</param>
    /// <param name="interpolation">
    /// Where the new pixels' values come from. Default: <see cref="Interpolation.Nearest"/>.
    /// </param>
    /// <param name="alignCorners">
    /// Whether the centres of the corner pixels stay where they are, so that place p of a new size comes from p · (old
    /// size - 1) / (new size - 1); else it comes from (p + ½) · old size / new size - ½ (PyTorch's
    /// <c>align_corners</c>). Not for the nearest pixel. Default: false.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Resize(
        int height,
        int width,
        Interpolation interpolation = Interpolation.Nearest,
        bool alignCorners = false,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// y = weight·x / √(mean(x²) + epsilon), with the mean over the features of each vector (of each step, in a
    /// sequence). Zhang and Sennrich (2019).
    /// </summary>
    /// <param name="epsilon">What keeps the division finite, above 0. Default: 1e-5.</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor RmsNorm(double epsilon = 1E-05, string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// Attention of a sequence to itself in several heads: softmax(Q·Kᵀ / √size)·V for each head, with queries, keys
    /// and values projected from the input, and the heads' results projected to the output. Vaswani et al. (2017).
    /// </summary>
    /// <param name="heads">The number of heads, at least 1; it divides the width. Default: 1.</param>
    /// <param name="causal">Whether a step sees only itself and the steps before it. Default: false.</param>
    /// <param name="useBias">Whether the projections have biases. Default: true.</param>
    /// <param name="rotary">
    /// Whether queries and keys are turned by angles that grow with their step, so that their products depend on how
    /// far apart the steps are: rotary positions, Su et al. (2021). The feature i of a head is paired with the feature
    /// size/2 + i, as in GPT-NeoX and Llama, and turned by step·<paramref name="rotaryBase"/>^(-2i/size); the size of a
    /// head must be even. Default: false.
    /// </param>
    /// <param name="rotaryBase">
    /// The base of the powers that give the angles of <paramref name="rotary"/>, above 0. Default: 10,000.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor SelfAttention(
        int heads = 1,
        bool causal = false,
        bool useBias = true,
        bool rotary = false,
        double rotaryBase = 10000,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// scale·x where x is positive, and scale·alpha·(exp(x) - 1) elsewhere, with the scale 1.0507 and the alpha 1.6733
    /// that preserve mean and variance from layer to layer. Klambauer et al. (2017).
    /// </summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Selu(string? name = null)
        => throw IsOnlyRead();

    /// <summary>The logistic function 1 / (1 + exp(-x)), element by element.</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Sigmoid(string? name = null)
        => throw IsOnlyRead();

    /// <summary>x·sigmoid(x), element by element; also known as Swish. Elfwing et al. (2017).</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Silu(string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// A recurrent layer along the steps of a sequence: h ← f(W·x + U·h + b) is the output. At the start, h = 0. Elman
    /// (1990).
    /// </summary>
    /// <param name="units">The number of units, which is the number of output features; at least 1.</param>
    /// <param name="activation">The function f. Default: <see cref="RecurrentActivation.Tanh"/>.</param>
    /// <param name="returnSequences">
    /// Whether the result is the outputs of all steps, [steps, units], rather than the output of the step that is read
    /// last, [units]. Default: true.
    /// </param>
    /// <param name="goBackwards">
    /// Whether the sequence is read from its last step to its first. Outputs keep the order of the steps, so that a
    /// <see cref="ConcatAttribute{TFirst,TSecond}"/> of two blocks, one of which reads backwards, is a bidirectional
    /// layer. Default: false.
    /// </param>
    /// <param name="useBias">Whether biases are added. Default: true.</param>
    /// <param name="unroll">
    /// Whether the compiler unrolls the steps: writes out the operations of each. Default:
    /// <see cref="Unrolling.Automatic"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    public Tensor SimpleRnn(
        int units,
        RecurrentActivation activation = RecurrentActivation.Tanh,
        bool returnSequences = true,
        bool goBackwards = false,
        bool useBias = true,
        Unrolling unroll = Unrolling.Automatic,
        string? name = null,
        bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>
    /// Adds to each step a vector of sines and cosines that encodes its position, without parameters: y[step, 2i] =
    /// x[step, 2i] + sin(step / 10000^(2i / features)) and y[step, 2i + 1] = x[step, 2i + 1] + cos(the same). Vaswani
    /// et al., "Attention is all you need" (2017).
    /// </summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor SinusoidalPosition(string? name = null)
        => throw IsOnlyRead();

    /// <summary>exp(x) / Σ exp(x) over the last dimension: positive numbers that sum to 1.</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Softmax(string? name = null)
        => throw IsOnlyRead();

    /// <summary>log(1 + exp(x)).</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Softplus(string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// In training, zeroes whole channels of an image, or features of a sequence, with probability
    /// <paramref name="rate"/> and divides the others by 1 - rate (at rate 1 all are zero); does nothing at inference.
    /// PyTorch's Dropout2d. Tompson et al., "Efficient Object Localization Using Convolutional Networks" (2015).
    /// </summary>
    /// <param name="rate">The probability, in [0, 1].</param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor SpatialDropout(double rate, string? name = null)
        => throw IsOnlyRead();

    /// <summary>Branches on the same input: A(x) + B(x). Their shapes must be the same.</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    /// <typeparam name="TFirst">The block of the first branch.</typeparam>
    /// <typeparam name="TSecond">The block of the second branch.</typeparam>
    public Tensor Sum<TFirst, TSecond>(string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>As <see cref="SumAttribute{TFirst, TSecond}"/>, of 3 branches.</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    /// <typeparam name="TFirst">The block of the first branch.</typeparam>
    /// <typeparam name="TSecond">The block of the second branch.</typeparam>
    /// <typeparam name="TThird">The block of the third branch.</typeparam>
    public Tensor Sum<TFirst, TSecond, TThird>(string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>As <see cref="SumAttribute{TFirst, TSecond}"/>, of 4 branches.</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    /// <param name="frozen">
    /// Whether the layer's parameters are excluded from training; of a layer that is made of blocks, such as
    /// <c>[Repeat&lt;Encoder&gt;(1, Frozen = true)]</c>, those of all layers within. No code is generated for gradients
    /// that only frozen parameters would need. To train them later, load the weights into another model class that uses
    /// the same blocks: see <c>docs/gradients.md</c>. Default: false.
    /// </param>
    /// <typeparam name="TFirst">The block of the first branch.</typeparam>
    /// <typeparam name="TSecond">The block of the second branch.</typeparam>
    /// <typeparam name="TThird">The block of the third branch.</typeparam>
    /// <typeparam name="TFourth">The block of the fourth branch.</typeparam>
    public Tensor Sum<TFirst, TSecond, TThird, TFourth>(string? name = null, bool frozen = false)
        => throw IsOnlyRead();

    /// <summary>The hyperbolic tangent, element by element.</summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Tanh(string? name = null)
        => throw IsOnlyRead();

    /// <summary>
    /// The tensor as a sequence: the pixels of an image [height, width, channels], row by row, become height·width
    /// steps of channels; of [n, features] the first dimension becomes steps. Layers for sequences take it then, and
    /// those for vectors work on each step. Costs nothing at run time.
    /// </summary>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor ToSequence(string? name = null)
        => throw IsOnlyRead();

    /// <summary>Enlarges an image of height x width x channels by whole factors.</summary>
    /// <param name="factorHeight">How many rows each row becomes, at least 1.</param>
    /// <param name="factorWidth">How many columns each column becomes, at least 1.</param>
    /// <param name="interpolation">
    /// Where the new pixels' values come from. Default: <see cref="Interpolation.Nearest"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    [OverloadResolutionPriority(1)]
    public Tensor Upsample(
        int factorHeight,
        int factorWidth,
        Interpolation interpolation = Interpolation.Nearest,
        string? name = null)
        => throw IsOnlyRead();

    /// <summary>Enlarges an image of height x width x channels by whole factors.</summary>
    /// <param name="factor">How many rows each row becomes, and columns each column, at least 1.</param>
    /// <param name="interpolation">
    /// Where the new pixels' values come from. Default: <see cref="Interpolation.Nearest"/>.
    /// </param>
    /// <param name="name">
    /// The layer's name in the generated members and in files; by default its kind and number (<c>dense1</c>).
    /// </param>
    public Tensor Upsample(int factor, Interpolation interpolation = Interpolation.Nearest, string? name = null)
        => throw IsOnlyRead();
}
